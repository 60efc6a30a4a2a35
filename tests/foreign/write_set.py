"""Writes the sets of NAME.npy files (data: uint8 N x 32 x 32 x 3, label: int64 N) in the formats that Python programs write."""
import os
import pickle
import sys
import tarfile
import zipfile

import numpy
from PIL import Image

source, target = sys.argv[1], sys.argv[2]
data = numpy.load(os.path.join(source, "data.npy"))
label = numpy.load(os.path.join(source, "label.npy"))

numpy.savez(os.path.join(target, "stored.npz"), x=data, y=label)
numpy.savez_compressed(os.path.join(target, "deflated.npz"), data=data, label=label)

planes = numpy.ascontiguousarray(data.transpose(0, 3, 1, 2)).reshape(len(data), 3072)
for protocol in (3, 4):
    with open(os.path.join(target, f"pickle-{protocol}"), "wb") as file:
        pickle.dump({b"batch_label": b"one", b"labels": label.tolist(), b"data": planes}, file, protocol=protocol)

names = []
for index, (image, cls) in enumerate(zip(data, label)):
    name = os.path.join(f"class{cls}", f"{index:04d}.png")
    os.makedirs(os.path.join(target, "tree", f"class{cls}"), exist_ok=True)
    Image.fromarray(image).save(os.path.join(target, "tree", name))
    names.append(name)
with zipfile.ZipFile(os.path.join(target, "tree.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
    for name in names:
        archive.write(os.path.join(target, "tree", name), name)
for suffix, mode, kind in (("tar", "w", tarfile.USTAR_FORMAT), ("tar.gz", "w:gz", tarfile.GNU_FORMAT), ("pax.tar.gz", "w:gz", tarfile.PAX_FORMAT)):
    with tarfile.open(os.path.join(target, f"tree.{suffix}"), mode, format=kind) as archive:
        archive.add(os.path.join(target, "tree"), "tree")
