"""The course. Plain `nbgrader ...` commands work from this folder."""

from autograder.nbgrader_plugin import configure

c = get_config()  # noqa: F821  nbgrader provides it

c.CourseDirectory.course_id = "convgrade"
c.ClearSolutions.code_stub = {
    "python": "# TODO: replace this line with your code\n"
    'raise NotImplementedError("this cell is still a TODO")'
}

configure(c)

# What a submission may use; the defaults are in autograder/limits.py.
# c.ConvGrade.call_seconds = 4.0     processor time of one call of a student's function
# c.ConvGrade.cell_seconds = 10.0    processor time of one notebook cell
# c.ConvGrade.memory = 1024 << 20    bytes of address space

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
