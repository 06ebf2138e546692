"""The course. Plain `nbgrader ...` commands work from this folder."""

from autograder.nbgrader_plugin import configure

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "convgrade"
c.ClearSolutions.code_stub = {
    # One line, so that "replace this line" is the line that raises.
    "python": 'raise NotImplementedError("this cell is still a TODO")  # replace this line with your code'
}

configure(c)

# What a submission may use. These are the defaults; take away the # to change one.
# Processor time decides; a timeout counts only after a second try.
# c.ConvGrade.call_seconds = 4.0               one call of a student's function
# c.ConvGrade.cell_seconds = 10.0              one notebook cell
# c.ConvGrade.notebook_seconds = 120.0         a whole notebook, second tries included
# c.ConvGrade.waiting_factor = 5.0             wall time, as a multiple of each of these
# c.ConvGrade.memory = 1024 << 20              bytes of address space
# c.ConvGrade.threads = 32                     threads at a time
# c.ConvGrade.file_size = 20 << 20             bytes of one file
# c.ConvGrade.folder_size = 200 << 20          bytes of all files at a time
# c.ConvGrade.folder_entries = 5000            files and folders at a time
# c.ConvGrade.open_files = 256                 open file descriptors
# c.ConvGrade.cell_outputs = 8 << 20           bytes of text and pictures that are kept of a cell
# c.ConvGrade.notebook_outputs = 16 << 20      and of a notebook

# Where it is judged: by how many judges (`convgrade grade --jobs` says it for one run), on
# this machine or by the workers of a Dask scheduler, and whether verdicts are kept for the next run.
# c.ConvGrade.jobs = 1                         notebooks at a time
# c.ConvGrade.scheduler = ""                   such as "tcp://scheduler:8786"
# c.ConvGrade.store = True                     or False; .convgrade-store/ may be deleted at any time

# How many random inputs each hidden check draws beside its fixed ones; more cost time, fewer are refused.
# c.ConvGrade.random_cases = 6                 at least

# What students read of a failed check: "full" has the input that went wrong, expected and got;
# "hint" what was wrong, in words, and the mistake when it is known; "score" the points alone.
# c.ConvGrade.feedback = "full"      one of the three

# Isolation, the preferred tier first; without one of these nothing is graded.
c.ConvGrade.tiers = ["sandlock", "bubblewrap"]

# Submissions downloaded from Canvas or Moodle: put the zip into downloaded/ASSIGNMENT/archive/, then
# nbgrader zip_collect ASSIGNMENT. Other file names need a pattern with student_id and file_id, such as
# c.FileNameCollectorPlugin.named_regexp     ".*/(?P<student_id>[a-z]+)_attempt_(?P<file_id>[^/]+)$"

# Marks for an LMS: nbgrader export --exporter=autograder.lms.CanvasExportPlugin (or MoodleExportPlugin).
# What a student id is there; for submissions collected from its download it is the last of these:
# c.CanvasExportPlugin.id_column     "SIS Login ID" unless you say "SIS User ID" or "ID"
# c.MoodleExportPlugin.id_column     "Username" unless you say "ID number", "Email address" or "Identifier"
