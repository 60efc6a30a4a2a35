"""Enhanced data sets from Python: read them, train on them, have them made. Needs nothing but numpy.

>>> import datacentric
>>> data = datacentric.enhance("samples/fashion-mnist", "out", limit=1000)     # calls the command line
>>> data = datacentric.load("out")                                              # or reads what it made
>>> data.images.shape, data.labels.shape, data.classes[:2]
((1000, 32, 32, 3), (1000,), ['T-shirt/top', 'Trouser'])
>>> data.roles()["adversarial"]                                                 # indexes of the attacked images
array([  0,   3, ...])
"""
from ._sets import BrokenSetError, EnhancedSet, load
from ._tool import ToolError, command, enhance

__all__ = ["BrokenSetError", "EnhancedSet", "ToolError", "command", "enhance", "load"]
