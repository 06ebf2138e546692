"""Attack: writes to the gradebook, replaces it, moves it away, empties it, adds a journal.
Wants: other marks.
Honest mark: 22
"""

# %% own
import os, shutil

book = "CANARY/gradebook.db"
for attempt in (
    lambda: open(book, "wb"),
    lambda: open(book, "r+b"),
    lambda: open(book, "ab").write(b"x"),
    lambda: os.remove(book),
    lambda: os.rename(book, book + "2"),
    lambda: os.truncate(book, 0),
    lambda: os.replace("x", book),
    lambda: open(book + "-journal", "w"),
    lambda: shutil.rmtree("CANARY"),
    lambda: os.link(book, "mine"),
    lambda: os.mkfifo(book + ".pipe"),
    lambda: os.mknod(book + ".node"),
    lambda: os.mkdir(book + ".d"),
):
    try:
        attempt()
    except OSError:
        pass
