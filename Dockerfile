# convgrade for a course folder: docker run --rm --volume "$PWD:/course" convgrade grade conv2d
#
# An ordinary user, no privileges, no flags: kernels are isolated by Landlock, which Docker's and Kubernetes'
# default profiles allow. The folder must belong to the user of the container (1000, or --user $(id -u)).
FROM python:3.11-slim

RUN useradd --uid 1000 --create-home grader
WORKDIR /opt/convgrade
COPY pyproject.toml constraints.txt README.md LICENSE nbgrader_config.py ./
COPY autograder autograder
COPY reference reference
COPY source source
RUN pip install --no-cache-dir --constraint constraints.txt .

USER grader
WORKDIR /course
ENTRYPOINT ["convgrade"]
CMD ["doctor"]
