"""Prints the logits that ReferenceNetworkTests expects, computed by the published code in PyTorch.

Run it with these on PYTHONPATH: models/ of kuangliu/pytorch-cifar @ 49b7aa9 and wideresnet.py of
xternalz/WideResNet-pytorch @ 1171f93; models/__init__.py removed.
Weights and image are a formula of name and position, the same as FormulaWeights in the test.
"""
import numpy as np
import torch

import wideresnet
from models import densenet, mobilenetv2, preact_resnet, resnet, vgg


def uniform(name, shape):
    key = 0
    for byte in name.encode():
        key = (key * 31 + byte) % 2**32
    x = np.arange(int(np.prod(shape)), dtype=np.uint64) * np.uint64(2654435761) + np.uint64(key)
    x = x.astype(np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        x ^= x >> np.uint32(shift)
        x = (x.astype(np.uint64) * np.uint64(factor)).astype(np.uint32)
    x ^= x >> np.uint32(16)
    return (x / 2.0**31 - 1).reshape(shape)


def value(name, shape):
    u = uniform(name, shape)
    if len(shape) > 1:
        return u * np.sqrt(6.0 / np.prod(shape[1:]))
    return 0.1 * u if name.endswith(("bias", "running_mean")) else 1 + 0.5 * u


NETWORKS = {
    "resnet18": resnet.ResNet18,
    "resnet50": resnet.ResNet50,
    "preactresnet18": preact_resnet.PreActResNet18,
    "wrn_28_4": lambda: wideresnet.WideResNet(28, 10, 4),
    "wrn_28_10": lambda: wideresnet.WideResNet(28, 10, 10),
    "wrn_34_10": lambda: wideresnet.WideResNet(34, 10, 10),
    "densenet121": densenet.DenseNet121,
    "densenet121_k12": densenet.densenet_cifar,
    "vgg16_bn": lambda: vgg.VGG("VGG16"),
    "mobilenet_v2": mobilenetv2.MobileNetV2,
}

image = torch.tensor(uniform("image", (1, 3, 32, 32)), dtype=torch.float32)
for name, make in NETWORKS.items():
    network = make().eval()
    state = {key: torch.tensor(value(key, tensor.shape), dtype=torch.float32)
             for key, tensor in network.state_dict().items() if tensor.dim() > 0}
    network.load_state_dict(state, strict=False)
    with torch.no_grad():
        logits = network(image)[0]
    print(f'[InlineData("{name}", new[] {{ {", ".join(f"{x:.6g}" for x in logits.tolist())} }})]')
