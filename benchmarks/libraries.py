"""Processor time of corruptions by OpenCV, Pillow and numpy, in microseconds an image, to stand beside `benchmarks -- corruptions`.

    taskset -c 0 python3 benchmarks/libraries.py 32,224,640 [kind,kind]        (Debian: python3-opencv python3-pil python3-numpy)

Each line is what a program that uses these libraries would write for the kind, on one thread: the same steps with the same sizes of kernels, not the same bytes.
The least of several windows of processor time is told, so that other work on the machine counts little.
"""
import io
import sys
import time

import cv2
import numpy as np
from PIL import Image

cv2.setNumThreads(1)
RNG = np.random.default_rng(1)


def clip8(x):
    return np.clip(x, 0, 255).astype(np.uint8)


def hsv(change):
    def run(x):
        y = cv2.cvtColor(x, cv2.COLOR_RGB2HSV)
        change(y)
        return cv2.cvtColor(y, cv2.COLOR_HSV2RGB)
    return run


def more_saturation(y):
    y[..., 1] = np.clip(y[..., 1] * np.float32(5) + np.float32(25.5), 0, 255)


def more_value(y):
    y[..., 2] = cv2.add(y[..., 2], 51)


def contrast(x):
    mean = np.array(cv2.mean(x)[:3])
    return cv2.LUT(x, clip8((np.arange(256)[:, None, None] - mean) * 0.4 + mean))


def noise(x):
    return clip8(x + 15 * RNG.standard_normal(x.shape, dtype=np.float32))


def speckle(x):
    y = x / np.float32(255)
    return clip8(255 * (y + y * 0.12 * RNG.standard_normal(x.shape, dtype=np.float32)))


def shot(x):
    return clip8(RNG.poisson(x * (100 / 255)) * 2.55)


def impulse(x):
    y, draws = x.copy(), RNG.random(x.shape, dtype=np.float32)
    y[draws < 0.03], y[draws < 0.015] = 255, 0
    return y


def dropout(x):
    return x * (RNG.random(x.shape[:2], dtype=np.float32) >= 0.075)[..., None]


def coarse_dropout(x):
    return x * (RNG.random(x.shape, dtype=np.float32) >= 0.075)


def jpeg(x):
    file = io.BytesIO()
    Image.fromarray(x).save(file, "JPEG", quality=31)
    return np.asarray(Image.open(file))


def pixelate(x):
    h, w = x.shape[:2]
    image = Image.fromarray(x)
    return np.asarray(image.resize((int(w * .6), int(h * .6)), Image.Resampling.BOX).resize((w, h), Image.Resampling.NEAREST))


def line(k, degrees):
    kernel = np.zeros((k, k), np.float32)
    kernel[:, k // 2] = np.linspace(1, 0, k)
    kernel = cv2.warpAffine(kernel, cv2.getRotationMatrix2D((k // 2, k // 2), degrees, 1), (k, k))
    return kernel / kernel.sum()


def particles(x, size, density):
    h, w = x.shape[:2]
    grid = (int(h * (1 - size)), int(w * (1 - size)))
    gate = cv2.resize(RNG.random((8, 8)), grid[::-1], interpolation=cv2.INTER_CUBIC)
    layer = (RNG.random(grid) < density) * (255 * np.clip(gate, 0, 1))
    return clip8(cv2.resize(layer, (w, h), interpolation=cv2.INTER_CUBIC))


def rain(x):
    y = x
    for _ in range(2):
        layer = particles(x, .015, .085)
        layer = cv2.filter2D(layer, -1, line(max(3, int(.3 * max(x.shape))) | 1, RNG.uniform(-15, 15)))
        alpha = np.clip(layer * np.float32(1.3 / 255), 0, 1)[..., None]
        y = clip8((1 - alpha) * y + alpha * 200)
    return y


def snowflakes(x):
    y = x
    for _ in range(2):
        layer = cv2.filter2D(cv2.GaussianBlur(particles(x, .3, .04), (5, 5), .6), -1, line(3, RNG.uniform(-30, 30)))
        light = (255 * (layer / 255) ** 1.8 * 3)[..., None].astype(np.float32)
        y = clip8(np.maximum(y + .3 * light, 1.2 * light))
    return y


def snow(x):
    h, w = x.shape[:2]
    layer = cv2.resize(RNG.normal(.2, .3, (h // 2, w // 2)).astype(np.float32), (w, h))
    layer[layer < .5] = 0
    layer = cv2.filter2D(np.clip(layer, 0, 1), -1, line(25, RNG.uniform(-135, -45)))[..., None]
    y = x / np.float32(255)
    grey = cv2.cvtColor(y, cv2.COLOR_RGB2GRAY)[..., None]
    y = .7 * y + .3 * np.maximum(y, grey * 1.5 + .5)
    return clip8(255 * (y + layer + layer[::-1, ::-1]))


def frost(x):
    h, w = x.shape[:2]
    top, left = RNG.integers(0, 1100 - h), RNG.integers(0, 1100 - w)
    return cv2.addWeighted(x, .8, TEXTURE[top:top + h, left:left + w], .6, 0)


TEXTURE = RNG.integers(0, 256, (1100, 1100, 3), dtype=np.uint8)


def kmeans(x):
    h, w = x.shape[:2]
    small = x if max(h, w) <= 128 else cv2.resize(x, (128, 128))
    points = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).reshape(-1, 3).astype(np.float32)
    _, labels, centres = cv2.kmeans(points, 12, None, (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 10, 1), 1, cv2.KMEANS_RANDOM_CENTERS)
    y = cv2.cvtColor(centres.astype(np.uint8)[labels.ravel()].reshape(small.shape), cv2.COLOR_LAB2RGB)
    return y if y.shape == x.shape else cv2.resize(y, (w, h))


def shifts(x, sigma, size):
    h, w = x.shape[:2]
    return [cv2.GaussianBlur(RNG.random((h, w), dtype=np.float32) * 2 - 1, (size, size), sigma, borderType=cv2.BORDER_REFLECT) for _ in range(2)]


def moved(x, dx, dy, way, border):
    h, w = x.shape[:2]
    return cv2.remap(x, np.arange(w, dtype=np.float32)[None] + dx, np.arange(h, dtype=np.float32)[:, None] + dy, way, borderMode=border)


def elastic(x):
    dx, dy = shifts(x, .25, 5)
    return moved(x, .625 * dx, .625 * dy, cv2.INTER_CUBIC, cv2.BORDER_CONSTANT)


def elastic_transform(x):
    h, w = x.shape[:2]
    corners = np.float32([[w, h], [w, 0], [0, 0]])
    y = cv2.warpAffine(x, cv2.getAffineTransform(corners, corners + RNG.uniform(-.06 * h, .06 * h, corners.shape).astype(np.float32)), (w, h), borderMode=cv2.BORDER_REFLECT_101)
    dx, dy = shifts(x, .06 * h, int(.18 * h) * 2 + 1)
    return moved(y, .08 * h * dx, .08 * h * dy, cv2.INTER_LINEAR, cv2.BORDER_REFLECT)


def zoom_blur(x):
    h, w = x.shape[:2]
    total = x.astype(np.float32)
    for i in range(16):
        zoom = 1 + .01 * i
        ch, cw = int(np.ceil(h / zoom)), int(np.ceil(w / zoom))
        top, left = (h - ch) // 2, (w - cw) // 2
        total += cv2.resize(x[top:top + ch, left:left + cw], (w, h)).astype(np.float32)
    return clip8(total / 17)


def spatter(x):
    h, w = x.shape[:2]
    layer = cv2.GaussianBlur(RNG.normal(.65, .3, (h, w)).astype(np.float32), (9, 9), 1)
    layer[layer < .69] = 0
    drops = clip8(255 * layer)
    far = cv2.threshold(cv2.distanceTransform(255 - cv2.Canny(drops, 50, 150), cv2.DIST_L2, 5), 20, 20, cv2.THRESH_TRUNC)[1]
    light = cv2.equalizeHist(cv2.blur(far, (3, 3)).astype(np.uint8))
    light = cv2.blur(cv2.filter2D(light, cv2.CV_8U, np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])), (3, 3))
    mask = drops * light.astype(np.float32)
    mask *= .5 / max(mask.max(), 1)
    return clip8(x + mask[..., None] * np.float32([175, 238, 238]))


def defocus(x):
    y, x0 = np.mgrid[-8:9, -8:9]
    disk = cv2.GaussianBlur((x0 ** 2 + y ** 2 <= 1).astype(np.float32), (3, 3), .4)[6:11, 6:11]
    return cv2.filter2D(x, -1, disk / disk.sum())


def motion_blur(x):
    kernel = np.zeros((21, 21), np.float32)
    kernel[10, 10:] = np.exp(-np.arange(11) ** 2 / 18)
    kernel = cv2.warpAffine(kernel, cv2.getRotationMatrix2D((10, 10), RNG.uniform(-45, 45), 1), (21, 21))
    return cv2.filter2D(x, -1, kernel / kernel.sum())


KINDS = {
    "rain": rain, "snow": snow, "frost": frost, "saturate": hsv(more_saturation), "dropout": dropout, "coarse_dropout": coarse_dropout,
    "snowflakes": snowflakes, "gaussian_noise": noise, "elastic": elastic, "kmeans": kmeans, "gaussian_blur": lambda x: cv2.GaussianBlur(x, (5, 5), 1),
    "motion_blur": motion_blur, "jpeg": jpeg, "pixelate": pixelate, "shot_noise": shot, "impulse_noise": impulse, "speckle_noise": speckle,
    "defocus_blur": defocus, "zoom_blur": zoom_blur, "brightness": hsv(more_value), "contrast": contrast, "elastic_transform": elastic_transform,
    "spatter": spatter,
}


def picture(side):
    y, x = np.mgrid[0:side, 0:side] / side
    waves = [120 + 40 * np.sin(9 * x + 4 * y + c) + 30 * np.sin(23 * y - 7 * x * c) for c in range(3)]
    return clip8(np.stack(waves, -1) + RNG.uniform(-4, 4, (side, side, 3)))


def measure(run, image, window=.1, windows=6):
    run(image)
    best = np.inf
    for _ in range(windows):
        count, start = 0, time.process_time()
        while time.process_time() < start + window:
            run(image)
            count += 1
        best = min(best, (time.process_time() - start) / count)
    return 1e6 * best


if __name__ == "__main__":
    sides = [int(side) for side in (sys.argv[1] if len(sys.argv) > 1 else "32,224,640").split(",")]
    wanted = sys.argv[2].split(",") if len(sys.argv) > 2 else KINDS
    images = [picture(side) for side in sides]
    print(f"OpenCV {cv2.__version__}, Pillow {Image.__version__}, numpy {np.__version__}; processor time of an image in microseconds")
    print(f"| {'kind':31} |" + "".join(f" {side:9} |" for side in sides))
    for kind in wanted:
        print(f"| {kind:31} |" + "".join(f" {measure(KINDS[kind], image):9.1f} |" for image in images), flush=True)
