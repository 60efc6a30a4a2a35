"""Calls the command line."""
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import Callable, List, Optional

import numpy

from ._sets import CLASSES, DATA, LABEL, EnhancedSet, load

TOOL = "DATACENTRIC_TOOL"
SEVERAL = ("surrogate_models", "surrogate_init")
"""Options whose values are words of their own; those of other lists stand in one, with commas."""


class ToolError(RuntimeError):
    """The command line ended early. ``exit_code``: 1 the run failed, 2 bad options or input, 130 stopped."""

    def __init__(self, message: str, exit_code: int):
        super().__init__(message)
        self.exit_code = exit_code


def command() -> List[str]:
    """The words that start the tool: those of the environment variable DATACENTRIC_TOOL, else ``datacentric`` on the path."""
    if os.environ.get(TOOL):
        return shlex.split(os.environ[TOOL])
    found = shutil.which("datacentric")
    if found is None:
        raise FileNotFoundError(f"There is no datacentric on the path. Install it (dotnet tool install -g DataCentric.Tool), or name it in {TOOL}.")
    return [found]


def enhance(dataset, out, progress: Optional[Callable[[str], None]] = None, tool: Optional[List[str]] = None, **options) -> EnhancedSet:
    """Makes the enhanced set of a data set and reads it.

    dataset: a path or address, as ``datacentric enhance --dataset`` takes it; or (images, labels) or (images, labels, classes): uint8
        N x H x W x 3, N indexes or N x K probabilities, K names. Arrays are written to a temporary folder first.
    out: folder for the result. The same call goes on with a run that was stopped, and reads a finished one.
    progress: called with each line that the tool says; by default they go to stderr. ``lambda line: None`` for silence.
    tool: words that start the tool, see :func:`command`.
    options: the options of ``datacentric help enhance`` with _ for -: ``seed=7, split="1:1:3", formats=["parquet"], resume=True``.
    Raises ToolError where the tool ends early. Ctrl-C stops the tool; what is finished is kept.
    """
    words = [*(tool or command()), "enhance", "--json", "--out", os.fspath(out), *_words(options)]
    if not isinstance(dataset, tuple):
        _run([*words, *_words({"dataset": dataset})], progress)
        return load(out)
    with tempfile.TemporaryDirectory(prefix="datacentric-") as folder:
        _run([*words, "--dataset", _write(os.path.join(folder, "arrays"), *dataset)], progress)
    return load(out)


def _words(options) -> List[str]:
    words = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        words.append("--" + name.replace("_", "-"))
        if value is True:
            continue
        values = [str(item) for item in value] if isinstance(value, (list, tuple)) else [os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
        words.extend(values if name in SEVERAL else [",".join(values)])
    return words


def _write(folder, images, labels, classes=None) -> str:
    images, labels = numpy.asarray(images), numpy.asarray(labels)
    if images.dtype != numpy.uint8 or images.ndim != 4 or images.shape[3] != 3:
        raise ValueError(f"images: uint8 N x H x W x 3 are wanted, not {images.dtype} {images.shape}.")
    os.makedirs(folder)
    numpy.save(os.path.join(folder, DATA), images)
    numpy.save(os.path.join(folder, LABEL), labels)
    if classes is not None:
        with open(os.path.join(folder, CLASSES), "w", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in classes)
    return folder


def _run(words, progress) -> dict:
    say = progress or (lambda line: print(line, file=sys.stderr, flush=True))
    last = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:  # a pipe that nobody reads would fill
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace")
        try:
            for line in process.stderr:
                line = line.rstrip()
                last = (last + [line])[-20:]
                say(line)
            code = process.wait()
        except BaseException:
            process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
            process.stderr.close()
            process.wait()
            raise
        output.seek(0)
        if code == 0:
            return json.load(output)
    errors = [line for line in last if line.startswith("error ")] or last
    raise ToolError("\n".join(errors) or f"{words[0]} ended with exit code {code}.", code)
