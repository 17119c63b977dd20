"""A fixed random sample of the test digits, classes mixed, for the example and the tests.

    python3 sample.py mnist10k.safetensors 400 ../Digits/data/digits.safetensors
    python3 sample.py digits14.safetensors 100 ../Digits/data/digits14.safetensors
"""

import sys

import torch

from formats import read_safetensors, write_safetensors

source, count, target = sys.argv[1:]
tensors, metadata = read_safetensors(source)
generator = torch.Generator().manual_seed(0)
chosen = torch.randperm(len(tensors["x_test"]), generator=generator)[: int(count)]
write_safetensors(target, {"x_test": tensors["x_test"][chosen], "y_test": tensors["y_test"][chosen]}, {
    **metadata,
    "note": f"{count} of the 1996 test digits (every 5th digit of a class), in random order; "
            f"x_test = {metadata['note'].split('; ')[-1]}",
})
