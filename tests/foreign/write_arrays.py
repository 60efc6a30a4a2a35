"""Writes sets of NumPy arrays as people have them, one folder a case: the arrays, and what has to be read from them.

expected.npy holds the pixels (uint8 N x H x W x 3), expected.json the labels, the class names, and the part and scale to ask for."""
import json
import os
import sys

import numpy

target = sys.argv[1]
random = numpy.random.default_rng(5)
N, H, W = 11, 9, 12
rgb = random.integers(0, 256, (N, H, W, 3), numpy.uint8)
grey = random.integers(0, 256, (N, H, W), numpy.uint8)
digits = random.integers(0, 256, (N, 28, 28), numpy.uint8)
index = numpy.arange(N) * 7 % 5
digit_names = [str(i) for i in range(5)]


def as_rgb(images):
    return numpy.repeat(images[..., None], 3, axis=-1)


def case(name, pixels, expected=index, classes=digit_names, part=None, scale=None, npz=None, soft=None, **arrays):
    folder = os.path.join(target, name)
    os.makedirs(folder)
    if npz:
        npz(os.path.join(folder, "set.npz"), **arrays)
    else:
        for array, values in arrays.items():
            numpy.save(os.path.join(folder, f"{array}.npy"), values)
    numpy.save(os.path.join(folder, "expected.npy"), numpy.ascontiguousarray(pixels))
    with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
        json.dump({
            "labels": numpy.asarray(expected).tolist(), "classes": classes, "part": part, "scale": scale, "npz": npz is not None,
            "soft": None if soft is None else numpy.asarray(soft, numpy.float32).ravel().tolist()}, file)


def native_header(name):
    """Names the byte order of data.npy '=', as some writers do."""
    path = os.path.join(target, name, "data.npy")
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content.replace(b"'|u1'", b"'=u1'", 1))


# Axes and order of memory.
images = {
    "grey": (grey, as_rgb(grey)), "grey-last": (grey[..., None], as_rgb(grey)), "grey-first": (grey[:, None], as_rgb(grey)),
    "rgb-last": (rgb, rgb), "rgb-first": (numpy.ascontiguousarray(rgb.transpose(0, 3, 1, 2)), rgb),
    "mnist": (digits, as_rgb(numpy.pad(digits, ((0, 0), (2, 2), (2, 2))))),
}
for name, (array, pixels) in images.items():
    case(name, pixels, data=array, label=index)
    case(f"{name}-fortran", pixels, data=numpy.asfortranarray(array), label=index)
    case(f"{name}-npz", pixels, npz=numpy.savez, images=array, labels=index)
    case(f"{name}-npz-fortran", pixels, npz=numpy.savez_compressed, images=numpy.asfortranarray(array), labels=index)

# Types of the values.
case("byte-order", rgb, data=rgb, label=index)
native_header("byte-order")
for kind in ("<u2", ">u2", "<i2", ">i4", "<i8", ">u8"):
    case(f"whole-{kind[1:]}-{'big' if kind[0] == '>' else 'little'}", rgb, data=rgb.astype(kind), label=index)
unit = random.random((N, H, W, 3))
for kind in ("<f2", "<f4", ">f4", "<f8", ">f8"):
    values = unit.astype(kind)
    order = "big" if kind[0] == ">" else "little"
    rounded = numpy.rint(values.astype(numpy.float64) * 255).astype(numpy.uint8)
    case(f"unit-{kind[1:]}-{order}", rounded, scale=255, data=values, label=index)
    case(f"unit-{kind[1:]}-{order}-fortran", rounded, scale=255, data=numpy.asfortranarray(values), label=index)
    case(f"divided-{kind[1:]}-{order}", rgb, scale=255, data=(rgb / 255).astype(kind), label=index)
    case(f"bytes-{kind[1:]}-{order}", rgb, scale=1, data=rgb.astype(kind), label=index)
halves = numpy.tile(numpy.arange(8, dtype=numpy.float32) / 2, (N, 8, 1))
case("halves", as_rgb(numpy.rint(halves).astype(numpy.uint8)), scale=1, data=halves, label=index)
deep = random.integers(0, 65536, (N, H, W), numpy.uint16)
case("deep", as_rgb(numpy.rint(deep * (1 / 257)).astype(numpy.uint8)), scale=1 / 257, data=deep, label=index)

# Labels.
for kind in ("|u1", "|i1", "<u2", ">i4", "<i8", ">u8", "<f4", ">f8"):
    name = f"labels-{kind[1:]}-{ {'|': 'byte', '<': 'little', '>': 'big'}[kind[0]]}"
    case(name, rgb, data=rgb, label=index.astype(kind))
    if kind[1] != "f":
        case(f"{name}-column", rgb, data=rgb, label=index.astype(kind)[:, None])
names = numpy.array(["eel", "ant", "Übel", "cat", "a b"])
ordinal = sorted(names.tolist())
named = [ordinal.index(names[i]) for i in index]
case("names", rgb, named, ordinal, data=rgb, label=names[index])
case("names-column", rgb, named, ordinal, data=rgb, label=names[index][:, None])
case("names-big", rgb, named, ordinal, data=rgb, label=names[index].astype(">U7"))
case("names-bytes", rgb, named, ordinal, data=rgb, label=numpy.char.encode(names[index], "utf-8"))
case("names-npz", rgb, named, ordinal, npz=numpy.savez, images=rgb, labels=names[index])
one_hot = numpy.eye(5)[index]
soft = random.random((N, 5)).astype(numpy.float32)
soft = (soft / soft.sum(1, keepdims=True).astype(numpy.float64)).astype(numpy.float32)
normal = soft.astype(numpy.float64)
off = abs(normal.sum(1, keepdims=True) - 1) > 1e-6
normal = numpy.where(off, normal / normal.sum(1, keepdims=True), normal)
for kind in ("|u1", "<f4", ">f8"):
    case(f"one-hot-{kind[1:]}", rgb, data=rgb, label=one_hot.astype(kind))
    case(f"one-hot-{kind[1:]}-fortran", rgb, data=rgb, label=numpy.asfortranarray(one_hot.astype(kind)))
for order in ("C", "F"):
    case(f"soft-{order}", rgb, soft.argmax(1), data=rgb, label=numpy.array(soft, order=order), soft=normal)
    case(f"soft-{order}-npz", rgb, soft.argmax(1), npz=numpy.savez_compressed, images=rgb, labels=numpy.array(soft, order=order), soft=normal)

# As published: Keras' mnist.npz and its like of CIFAR-10, MedMNIST.
mnist_rgb = as_rgb(numpy.pad(digits, ((0, 0), (2, 2), (2, 2))))
for part, where in ((None, slice(0, 6)), ("train", slice(0, 6)), ("test", slice(6, None))):
    keras = {"x_train": digits[:6], "y_train": index[:6].astype("|u1"), "x_test": digits[6:], "y_test": index[6:].astype("|u1")}
    case(f"keras-mnist-{part}", mnist_rgb[where], index[where], part=part, npz=numpy.savez, **keras)
    keras = {"x_train": rgb[:6], "y_train": index[:6, None], "x_test": rgb[6:], "y_test": index[6:, None]}
    case(f"keras-cifar-{part}", rgb[where], index[where], part=part, npz=numpy.savez_compressed, **keras)
for side, channels in ((28, 1), (28, 3), (64, 1), (64, 3), (128, 3), (224, 3)):
    shape = (N, side, side) if channels == 1 else (N, side, side, 3)
    images = random.integers(0, 256, shape, numpy.uint8)
    padded = numpy.pad(images, ((0, 0), (2, 2), (2, 2))) if shape == (N, 28, 28) else images
    parts = {"train": slice(0, 6), "val": slice(6, 8), "test": slice(8, None)}
    med = {f"{part}_images": images[where] for part, where in parts.items()}
    med |= {f"{part}_labels": index[where, None].astype(numpy.uint8) for part, where in parts.items()}
    for part in (None, "train", "val", "test"):
        where = parts[part or "train"]
        pixels = padded[where] if channels == 3 else as_rgb(padded[where])
        case(f"medmnist-{side}-{channels}-{part}", pixels, index[where], digit_names[:index[where].max() + 1], part=part, npz=numpy.savez_compressed, **med)
