"""Attack: the shell's own parts are taken away: outputs, namespace, compile, formatter.
Wants: an exception outside the student's code.
Honest mark: 22
"""

# %% own
shell = get_ipython()
shell.outputs.items = None
shell.outputs.pictures = 5
shell.display_formatter = None
shell.compile = None
