"""Sets as the command line writes them: data.npy, label.npy, classes.txt, manifest.jsonl, run.json."""
import hashlib
import json
import os
from dataclasses import dataclass
from typing import Dict, List, Optional

import numpy

DATA, LABEL, CLASSES, MANIFEST, RUN = "data.npy", "label.npy", "classes.txt", "manifest.jsonl", "run.json"
BLOCK = 1 << 20


class BrokenSetError(ValueError):
    """A folder holds no set, or not the one that its record names; the message says which file."""


@dataclass(frozen=True)
class EnhancedSet:
    """A set in memory, in the order of its source."""

    images: numpy.ndarray
    """uint8, N x H x W x 3, RGB."""

    labels: numpy.ndarray
    """int64, N: index of the class, where labels are probabilities that of the largest."""

    soft_labels: numpy.ndarray
    """float32, N x K: probabilities of the classes, one-hot where the source had indexes."""

    classes: List[str]
    """K names, in label order."""

    provenance: Optional[List[dict]]
    """For each sample the line of manifest.jsonl: source, role, kind, norms, hash ...; None where the folder has no manifest."""

    run: Optional[dict]
    """run.json: request, versions, hashes, timings; None where the folder has none."""

    def __len__(self) -> int:
        return len(self.images)

    def roles(self) -> Dict[str, numpy.ndarray]:
        """Indexes (int64) of the samples of each role: clean, adversarial, corrupted."""
        if self.provenance is None:
            raise BrokenSetError("This folder has no manifest.jsonl that tells the roles.")
        names = numpy.array([line["role"] for line in self.provenance])
        return {str(name): numpy.flatnonzero(names == name) for name in numpy.unique(names)}

    def dataset(self, transform=None, soft: bool = False):
        """A torch.utils.data.Dataset of (image, label); see :class:`datacentric.torch.ImageDataset`. Needs PyTorch."""
        from .torch import ImageDataset

        return ImageDataset(self, transform, soft)


def load(folder, check: bool = True, mmap: bool = False) -> EnhancedSet:
    """Reads a set.

    folder: what enhance wrote, or any pair of data.npy and label.npy, such as one kind of corrupt.
    check: compare the files that are read with the hashes in run.json, where there is one.
    mmap: leave the pixels on the disk until they are asked for.
    Raises BrokenSetError where files are missing, changed, or do not belong together.
    """
    folder = os.fspath(folder)
    run = _run(folder)
    if check and run is not None:
        for file in run["files"]:
            if file["name"] in (DATA, LABEL, CLASSES, MANIFEST):
                _check(folder, file)
    images = _array(folder, DATA, mmap)
    soft = _array(folder, LABEL, False)
    if images.dtype != numpy.uint8 or images.ndim != 4 or images.shape[3] != 3:
        raise BrokenSetError(f"{folder}: {DATA} holds {images.dtype} {images.shape}, not uint8 N x H x W x 3.")
    if soft.ndim != 2 or len(soft) != len(images):
        raise BrokenSetError(f"{folder}: {LABEL} holds {soft.shape}, not a row for each of the {len(images)} images.")
    provenance = _provenance(folder, len(images))
    return EnhancedSet(images, soft.argmax(axis=1).astype(numpy.int64), soft, _classes(folder, run, soft.shape[1]), provenance, run)


def _array(folder, name, mmap):
    try:
        return numpy.load(os.path.join(folder, name), mmap_mode="r" if mmap else None, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise BrokenSetError(f"{folder}: {name} cannot be read: {error}") from error


def _run(folder) -> Optional[dict]:
    path = os.path.join(folder, RUN)
    if not os.path.exists(path):
        return None
    try:
        with open(path, encoding="utf-8") as file:
            run = json.load(file)
        return {**run, "files": list(run["files"])}
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenSetError(f"{folder}: {RUN} is no record of a run: {error}") from error


def _check(folder, file):
    hash_ = hashlib.sha256()
    try:
        with open(os.path.join(folder, file["name"]), "rb") as stream:
            while block := stream.read(BLOCK):
                hash_.update(block)
    except OSError as error:
        raise BrokenSetError(f"{folder}: {file['name']} cannot be read: {error}") from error
    if hash_.hexdigest() != file["sha256"]:
        raise BrokenSetError(f"{folder}: {file['name']} is not the file that {RUN} names: its hash differs.")


def _classes(folder, run, count) -> List[str]:
    path = os.path.join(folder, CLASSES)
    if run is not None:
        names = list(run["classes"])
    elif os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            names = file.read().splitlines()
    else:
        names = [str(index) for index in range(count)]
    if len(names) != count:
        raise BrokenSetError(f"{folder}: {len(names)} names of classes for labels of {count}.")
    return names


def _provenance(folder, count) -> Optional[List[dict]]:
    path = os.path.join(folder, MANIFEST)
    if not os.path.exists(path):
        return None
    try:
        with open(path, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
    except ValueError as error:
        raise BrokenSetError(f"{folder}: {MANIFEST} cannot be read: {error}") from error
    if len(lines) != count:
        raise BrokenSetError(f"{folder}: {MANIFEST} has {len(lines)} lines for {count} images.")
    return lines
