"""Decodes pictures with Pillow, turns them upright, brings them to a square as torchvision's Resize and CenterCrop would, and writes raw RGB."""
import os
import sys

from PIL import Image, ImageOps

source, target, side, fit, name = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
resample = {"bicubic": Image.BICUBIC, "bilinear": Image.BILINEAR, "lanczos": Image.LANCZOS, "nearest": Image.NEAREST}[name]
os.makedirs(target, exist_ok=True)
for file in sorted(os.listdir(source)):
    picture = ImageOps.exif_transpose(Image.open(os.path.join(source, file))).convert("RGB")
    width, height = picture.size
    short = (width < height) == (fit == "crop")
    size = (side, side) if fit == "stretch" else (side, side * height // width) if short else (side * width // height, side)
    picture = picture.resize(size, resample)
    if fit == "crop":
        left, top = round((size[0] - side) / 2), round((size[1] - side) / 2)
        picture = picture.crop((left, top, left + side, top + side))
    if fit == "pad":
        whole = Image.new("RGB", (side, side))
        whole.paste(picture, ((side - size[0]) // 2, (side - size[1]) // 2))
        picture = whole
    with open(os.path.join(target, file), "wb") as raw:
        raw.write(picture.tobytes())
