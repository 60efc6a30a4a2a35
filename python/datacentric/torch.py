"""Sets for PyTorch, which is imported here and nowhere else."""
import numpy
import torch
from torch.utils.data import Dataset


class ImageDataset(Dataset):
    """Pairs (image, label) of a set, for a DataLoader.

    data: an EnhancedSet, or a folder, which is loaded.
    transform: called with each image, uint8 H x W x 3 (numpy); torchvision's ``ToTensor()`` takes such. By default an image becomes a
        float32 tensor 3 x H x W of 0 to 1.
    soft: labels are float32 tensors of K probabilities, which torch.nn.CrossEntropyLoss takes; otherwise class indexes.
    """

    def __init__(self, data, transform=None, soft: bool = False):
        if not hasattr(data, "soft_labels"):
            from ._sets import load

            data = load(data)
        self.data, self.transform, self.soft = data, transform, soft
        self.classes = data.classes

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index):
        image = numpy.array(self.data.images[index])
        if self.transform is None:
            image = torch.from_numpy(image).permute(2, 0, 1).float().div_(255)
        else:
            image = self.transform(image)
        return image, torch.from_numpy(numpy.array(self.data.soft_labels[index])) if self.soft else int(self.data.labels[index])
