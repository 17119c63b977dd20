"""The two file formats of the training: safetensors (data) and operatorgen/1 (models).

safetensors:    8 bytes  n, little endian | n bytes  JSON header | tensor data
operatorgen/1:  JSON text, LF, one tensor per line, data = base64 of little-endian float32

Both are written with the standard library, so that nothing but PyTorch is needed.
"""

import array
import base64
import hashlib
import json
import struct
import sys

import torch

assert sys.byteorder == "little", "the formats are little endian and written without swapping"

DTYPES = {
    "U8": (torch.uint8, "B"), "I32": (torch.int32, "i"), "BF16": (torch.bfloat16, "h"), "F32": (torch.float32, "f"), "F64": (torch.float64, "d"),
}


def to_bytes(tensor, dtype):
    """Row-major bytes of a tensor whose safetensors type is `dtype`."""
    assert tensor.dtype == DTYPES[dtype][0]
    if dtype == "BF16":
        tensor = tensor.detach().contiguous().view(torch.int16)
    return array.array(DTYPES[dtype][1], tensor.detach().flatten().tolist()).tobytes()


def read_safetensors(path):
    """The tensors of a file by name (of the types in DTYPES) and its metadata."""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(bytearray(data[begin:end]), dtype=DTYPES[entry["dtype"]][0])
        tensors[name] = values.reshape(entry["shape"])
    return tensors, metadata


def write_safetensors(path, tensors, metadata):
    """Write {name: tensor} with a string-to-string `metadata`; the data begins at a multiple of 8."""
    names = {torch_type: name for name, (torch_type, _) in DTYPES.items()}
    header, blobs, offset = {"__metadata__": metadata}, [], 0
    for name, tensor in tensors.items():
        blob = to_bytes(tensor, names[tensor.dtype])
        header[name] = {
            "dtype": names[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(blob)],
        }
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def write_model(path, architecture, hyper, scale, offset, labels, source, tensors):
    """Write a model file; `scale` and `offset` are (d_input), or None of a model of tokens. `source` gets the SHA-256 of all tensor bytes in file order."""
    blobs = {name: to_bytes(tensor, "F32") for name, tensor in tensors.items()}
    source = dict(source, sha256=hashlib.sha256(b"".join(blobs.values())).hexdigest())
    head = {
        "format": "operatorgen/1",
        "architecture": architecture,
        "hyper": hyper,
        **({} if scale is None else {"input": {"scale": scale.tolist(), "offset": offset.tolist()}}),
        "labels": labels,
        "source": source,
    }
    rows = []
    for name, tensor in tensors.items():
        data = base64.b64encode(blobs[name]).decode()
        row = {"dtype": "F32", "shape": list(tensor.shape), "data": data}
        rows.append(f"    {json.dumps(name)}: {json.dumps(row)}")
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    lines += ['  "tensors": {', ",\n".join(rows), "  }"]
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write("{\n" + "\n".join(lines) + "\n}\n")


def read_model(path):
    """The header of a model file and its tensors by name."""
    with open(path, encoding="utf-8") as file:
        head = json.load(file)
    tensors = {}
    for name, row in head.pop("tensors").items():
        values = torch.frombuffer(bytearray(base64.b64decode(row["data"])), dtype=torch.float32)
        tensors[name] = values.reshape(row["shape"])
    return head, tensors
