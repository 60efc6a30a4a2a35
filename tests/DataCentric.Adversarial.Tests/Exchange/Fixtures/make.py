"""Makes torch-<version>.pt with PyTorch itself: python3 make.py torch-1.13.pt"""
import sys

import torch

linear = torch.nn.Linear(3, 2)
with torch.no_grad():
    linear.weight.copy_(torch.arange(6.0).reshape(2, 3) / 2)
    linear.bias.copy_(torch.tensor([-1.0, 1.0]))
state = torch.nn.Sequential()
state.add_module("linear", linear)
state = state.state_dict()
six = torch.arange(6.0)
state["half"] = torch.tensor([0.5, -2]).half()
state["bfloat"] = torch.tensor([0.5, -3]).bfloat16()
state["double"] = torch.tensor([0.25, 1e10]).double()
state["transposed"] = six.reshape(2, 3).t()
state["tail"] = six[3:]
state["last"] = torch.arange(8.0).reshape(1, 2, 2, 2).contiguous(memory_format=torch.channels_last)
state["scalar"] = torch.nn.Parameter(torch.tensor(7.0))
state["bn.num_batches_tracked"] = torch.tensor(100)
torch.save({"net": state, "acc": 91.73, "epoch": 199, "lr": [0.1, None, True]}, sys.argv[1])
