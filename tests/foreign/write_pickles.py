"""Writes CIFAR batches again with every protocol of Python's pickle and every way that people hold them in memory.

One folder a case with data_batch_1 and what batches.meta holds; pixels.npy beside them has the pixels (uint8 N x 32 x 32 x 3), labels.json the labels."""
import json
import os
import pickle
import sys

import numpy

target = sys.argv[1]
random = numpy.random.default_rng(7)
N = 40
pixels = random.integers(0, 256, (N, 32, 32, 3), numpy.uint8)
pixels[0].reshape(-1)[:256] = numpy.arange(256)  # every value, and with it every letter that a text form has to escape
pixels[1] = 92  # a batch of nothing but backslashes is six times as long as text
planes = numpy.ascontiguousarray(pixels.transpose(0, 3, 1, 2)).reshape(N, 3072)
labels = random.integers(0, 10, N)
names = [f"class {i}" for i in range(10)]

numpy.save(os.path.join(target, "pixels.npy"), pixels)
with open(os.path.join(target, "labels.json"), "w", encoding="utf-8") as file:
    json.dump(labels.tolist(), file)

frozen = planes.copy()
frozen.setflags(write=False)
arrays = {"array": planes, "frozen": frozen, "part": numpy.concatenate([planes, planes])[:N]}
kinds = {
    "list": labels.tolist(), "array": labels, "bytes": labels.astype(numpy.uint8), "big": labels.astype(">i4"),
    "column": labels[:, None], "scalars": list(labels),
}
keys = {"str": str, "bytes": lambda key: key.encode()}


def write(name, content, protocol, change=lambda pickled: pickled):
    folder = os.path.join(target, name)
    os.makedirs(folder)
    for file, value in (("data_batch_1", content), ("batches.meta", {"label_names": names, "num_vis": 3072, "share": 0.5, "large": 1 << 40, "whole": True})):
        with open(os.path.join(folder, file), "wb") as out:
            out.write(change(pickle.dumps(value, protocol)))


def of_numpy_2(pickled):
    """The names of NumPy 2, with their lengths where the protocol writes these."""
    for module in (b"multiarray", b"numeric"):
        old, new = b"numpy.core." + module, b"numpy._core." + module
        pickled = pickled.replace(b"c" + old + b"\n", b"c" + new + b"\n")
        pickled = pickled.replace(b"\x8c" + bytes([len(old)]) + old, b"\x8c" + bytes([len(new)]) + new)
    return pickled


for protocol in range(6):
    for key_name, key in keys.items():
        for kind, values in kinds.items():
            for array_name, array in arrays.items():
                if array_name != "array" and kind != "list":
                    continue
                content = {key("batch_label"): key("one"), key("labels"): values, key("data"): array, key("filenames"): [key(f"a_{i}.png") for i in range(N)]}
                write(f"{protocol}-{key_name}-{kind}-{array_name}", content, protocol)
                if kind in ("array", "scalars"):
                    write(f"{protocol}-{key_name}-{kind}-{array_name}-numpy2", content, protocol, of_numpy_2)
