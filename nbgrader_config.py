"""The course's settings. With this file here, plain `nbgrader ...` commands work from this folder."""

from autograder.nbgrader_plugin import configure

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "convgrade"
c.ClearSolutions.code_stub = {
    # One line, so that "replace this line" is the line that raises.
    "python": 'raise NotImplementedError("this cell is still a TODO")  # replace this line with your code'
}

configure(c)

# Every line below that begins with "# c." is a setting with its default value (or an example).
# To change one, remove the "# " at the start of the line.

# Isolation: the tiers to use, the preferred one first. Nothing is graded if none of them works.
c.ConvGrade.tiers = ["landlock", "bubblewrap"]

# What a submission may use. Times are seconds of CPU time; the first two timeouts of a
# notebook count only after a second attempt, and after each its cells without points have less time.
# c.ConvGrade.call_seconds = 4.0  # one call of the student's function
# c.ConvGrade.cell_seconds = 10.0  # one notebook cell
# c.ConvGrade.notebook_seconds = 120.0  # a whole notebook, second attempts included
# c.ConvGrade.waiting_factor = 5.0  # wall time allowed, as a multiple of the times above
# c.ConvGrade.memory = 1024 << 20  # bytes of address space
# c.ConvGrade.threads = 32  # threads at the same time
# c.ConvGrade.file_size = 20 << 20  # bytes in one file
# c.ConvGrade.folder_size = 200 << 20  # bytes in all files together
# c.ConvGrade.folder_entries = 5000  # files and folders
# c.ConvGrade.open_files = 256  # open file descriptors
# c.ConvGrade.cell_outputs = 8 << 20  # bytes of text and pictures kept from one cell
# c.ConvGrade.notebook_outputs = 16 << 20  # bytes of text and pictures kept from a notebook
# c.ConvGrade.packages = []  # such as "pandas": what students may import beside NumPy, Pillow and IPython

# How many random inputs each hidden check draws in addition to its fixed ones. More take longer; fewer
# than the default are not accepted.
# c.ConvGrade.random_cases = 6

# How much students learn about a failed check: "full" shows the failing input with the expected and the
# actual result, "hint" says in words what was wrong and names the mistake if it is known, "score" shows
# only the points.
# c.ConvGrade.feedback = "full"

# The same before the student's deadline, if it is to be less: "hint" or "score".
# c.ConvGrade.early_feedback = ""

# `convgrade watch` grades hand-ins from the exchange as they come in.
# c.ConvGrade.hand_ins_a_day = 0  # of one student, graded at once; the rest the next day (0: all at once)
# c.ConvGrade.watch_delay = 0.0  # seconds between a hand-in and its grading

# Whether feedback pages show the model answer below each answer that is graded by hand. Turn it on after
# the deadline, then run `nbgrader generate_feedback ASSIGNMENT --force`.
# c.ConvGrade.model_answers = False

# Where judging happens. `convgrade grade --jobs` and `--scheduler` override these for one run.
# c.ConvGrade.jobs = 2  # notebooks judged at the same time; by default one for each core
# c.ConvGrade.scheduler = ""  # address of a Dask scheduler, such as "tcp://scheduler:8786"
# c.ConvGrade.store = True  # keep verdicts in .convgrade-store/, which can be deleted at any time

# Submissions downloaded from Canvas or Moodle: put the zip file into downloaded/ASSIGNMENT/archive/ and
# run `nbgrader zip_collect ASSIGNMENT`. Other naming schemes need a pattern with the groups student_id
# and file_id, for example:
# c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[a-z]+)_attempt_(?P<file_id>[^/]+)$"

# Marks for an LMS: `nbgrader export --exporter=autograder.lms.CanvasExportPlugin` (or MoodleExportPlugin).
# The column says what your student ids are in the LMS. For submissions collected from its download, choose
# "ID" (Canvas) or "Identifier" (Moodle).
# c.CanvasExportPlugin.id_column = "SIS Login ID"  # or "SIS User ID", "ID"
# c.MoodleExportPlugin.id_column = "Username"  # or "ID number", "Email address", "Identifier"
