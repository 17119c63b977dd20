"""What a model file computes, by PyTorch in double precision, for the tests of reference and generated code.

    python3 scores.py MODEL [MODEL ...] --to ../../tests/OperatorGen.Conformance/trained

Each NAME.ssm.json gives NAME.safetensors with x (3, 40, d_input), len (3) and scores (3, d_output), of LinOSS their softmax. The
input is random, as large as the training data; what stands behind a sequence's end is not zero, so that
whoever feeds it gets other scores.
"""

import argparse
import pathlib

import torch

from formats import read_model, write_safetensors
from mamba import MambaClassifier
from ssm import LinOSS, S4DClassifier, S4Model
from train import scaled

LENGTHS, STEPS = [40, 17, 1], 40

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("models", nargs="+", metavar="MODEL")
parser.add_argument("--to", required=True, help="the folder to write to")
args = parser.parse_args()
classes = {model.architecture: model for model in (LinOSS, MambaClassifier, S4DClassifier, S4Model)}
for path in args.models:
    head, tensors = read_model(path)
    model = classes[head["architecture"]](**head["hyper"])
    model.load_state_dict(tensors)
    model.double().eval()
    scaling = [torch.tensor(head["input"][name], dtype=torch.float64) for name in ("scale", "offset")]
    torch.manual_seed(1)
    x = (torch.randn(len(LENGTHS), STEPS, len(scaling[0]), dtype=torch.float64) - scaling[1]) / scaling[0]
    lengths = torch.tensor(LENGTHS, dtype=torch.int32)
    with torch.no_grad():
        scores = model(scaled(x, scaling), lengths)
        if isinstance(model, LinOSS):  # its output is the softmax of the scores
            scores = scores.softmax(1)
    target = pathlib.Path(args.to) / pathlib.Path(path).name.replace(".ssm.json", ".safetensors")
    write_safetensors(target, {"x": x, "len": lengths, "scores": scores}, {
        "script": "examples/training/scores.py", "sha256": head["source"]["sha256"],
    })
