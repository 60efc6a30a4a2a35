"""Writes a network of torchvision with random weights, and what it computes.

torchvision_weights.py NAME FOLDER SIDE...: FOLDER/weights.pth (the state dict, by torch.save), and for each SIDE FOLDER/images-SIDE
(2 x 3 x SIDE x SIDE float32 values) and FOLDER/logits-SIDE (2 x 7). Batch norm has random statistics, scales and shifts, too.
"""
import sys

import torch
import torchvision

name, folder, sides = sys.argv[1], sys.argv[2], [int(side) for side in sys.argv[3:]]
torch.manual_seed(1)
torch.set_num_threads(1)
network = getattr(torchvision.models, name)(weights=None, num_classes=7).eval()
with torch.no_grad():
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2)
            module.weight.uniform_(0.5, 1.5)
            module.bias.uniform_(-0.5, 0.5)
        elif getattr(module, "bias", None) is not None:
            module.bias.uniform_(-0.5, 0.5)
    torch.save(network.state_dict(), f"{folder}/weights.pth")
    for side in sides:
        images = torch.rand(2, 3, side, side)
        images.numpy().tofile(f"{folder}/images-{side}")
        network(images).numpy().tofile(f"{folder}/logits-{side}")
