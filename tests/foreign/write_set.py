"""Writes the sets of NAME.npy files (data: uint8 N x 32 x 32 x 3, label: int64 N) in the formats that Python programs write.

The folder pictures has one picture in each format and mode; pictures.npy holds the pixels that Pillow reads from them."""
import io
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

os.makedirs(os.path.join(target, "shards"))
for shard, kind in enumerate((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)):
    with tarfile.open(os.path.join(target, "shards", f"train-{shard:06d}.tar"), "w", format=kind) as archive:
        for index in range(shard, len(data), 3):
            buffer = io.BytesIO()
            Image.fromarray(data[index]).save(buffer, "PNG")
            for ending, content in (("png", buffer.getvalue()), ("cls", str(label[index]).encode()), ("json", b'{"width": 32}')):
                member = tarfile.TarInfo(f"samples of {'a' * (120 * (shard > 0))}/{index:05d}.{ending}")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))

smooth = numpy.add.outer(numpy.arange(48) * 3, numpy.arange(40) * 2)[..., None] + numpy.array([0, 40, 20])
photo = Image.fromarray(smooth.clip(0, 255).astype(numpy.uint8))
pictures = {
    "a.webp": (photo, {"quality": 80}),
    "b.webp": (photo, {"lossless": True}),
    "c.bmp": (photo, {}),
    "d.bmp": (photo.convert("P", palette=Image.Palette.ADAPTIVE), {}),
    "e.bmp": (photo.convert("L"), {}),
    "f.gif": (photo, {}),
    "g.gif": (photo.convert("L"), {}),
    "h.jfif": (photo, {"format": "JPEG", "quality": 80}),
    "i.jpe": (photo, {"format": "JPEG", "quality": 95, "subsampling": 0}),
    "j.bmp": (photo.convert("1"), {}),
}
os.makedirs(os.path.join(target, "pictures", "all"))
read = []
for name, (image, options) in sorted(pictures.items()):
    image.save(os.path.join(target, "pictures", "all", name), **options)
    read.append(numpy.asarray(Image.open(os.path.join(target, "pictures", "all", name)).convert("RGB")))
numpy.save(os.path.join(target, "pictures.npy"), numpy.stack(read))
