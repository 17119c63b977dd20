"""Token selection, trained: SSM + FNN of several depths, SSM + FNN twice, and Transformers of equal size on the same tasks (docs/theory.md has the results).

    python3 selection.py copying --seeds 3 --results copying.json --models-folder models
    python3 selection.py recall ...        python3 selection.py genome ...        python3 selection.py regression ...
    python3 selection.py check models/copying-twice-0.ssm.json -o trained-copy.safetensors

Tasks:    tasks.py.
Training: AdamW, learning rate = warm-up, then half a cosine down to 0. Fresh random samples at every step; of regression a given number of samples, of which a fifth is held out and the
          best of every hundredth step on it counts. All models of a task have the same number of parameters within 10 %, the same steps and the same batches.
Results:  one JSON file per task: accuracy for each length on fresh sequences, or the mean squared error for each number of samples. Runs that it holds already are not made again.
          Those of docs/theory.md are in ../TokenSelection/results; copying-long.json is of --steps 20000 --seeds 1 --models twice.
Models:   every trained stack as a model file, TASK-MODEL-SEED.ssm.json.
check:    fresh sequences, what a model file computes for the first of them in double precision, and what it chooses for all: to these the generated code is held.
"""

import argparse
import copy
import ctypes
import json
import math
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import torch
import torch.nn.functional as F

from formats import read_model, write_model, write_safetensors
from stack import AttentionLayer, Model, StackLayer, hyper, load, tensors
from tasks import TASKS

WARM = 100

# By name: layers of a width and a number of modes, for a number of units; the units are chosen so that all models of a task have as many parameters as the first.
MODELS = {
    "twice": ("SSM + FNN + SSM + FNN", lambda m, units: [ssm(m, units), ssm(m, units)]),
    "once": ("SSM + FNN", lambda m, units: [ssm(m, units)]),
    "deep2": ("SSM + FNN of depth 2", lambda m, units: [ssm(m, units), fnn(m, units)]),
    "deep3": ("SSM + FNN of depth 3", lambda m, units: [ssm(m, units), fnn(m, units), fnn(m, units)]),
    "transformer1": ("Transformer, one layer", lambda m, units: [attention(m, units)]),
    "transformer2": ("Transformer, two layers", lambda m, units: [attention(m, units), attention(m, units)]),
}


def ssm(m, units):
    return StackLayer(m["width"], m["modes"], units, m["longest"])


def fnn(m, units):
    return StackLayer(m["width"], 0, units, m["longest"])


def attention(m, units):
    return AttentionLayer(m["width"], 4, units)


def parameters(model):
    return sum(p.numel() for p in model.parameters())


def build(name, task, units):
    m = task.model
    transformer = name.startswith("transformer")
    return Model(
        MODELS[name][1](m, units), m["width"], m["outputs"], tokens=m.get("tokens"), inputs=m.get("inputs"), pooled=m.get("pooled", False),
        positions=m["longest"] if transformer else None, window=8 if transformer and task.name == "genome" else 1,
    )


def fitting(name, task):
    """The units with which a model has as many parameters as the first model."""
    wanted = parameters(build("twice", task, task.model["units"]))
    return min(range(8, 2000, 8), key=lambda units: abs(parameters(build(name, task, units)) - wanted))


def prepare(name, task, seed, steps):
    """Model, optimizer and schedule."""
    torch.manual_seed(seed)
    model = build(name, task, fitting(name, task))
    with torch.no_grad():
        for layer in model.layers:
            layer.linear1.weight.mul_(task.training["gain"])
    slow = [p for n, p in model.named_parameters() if n.endswith((".nu", ".theta"))]
    fast = [p for n, p in model.named_parameters() if not n.endswith((".nu", ".theta"))]
    optimizer = torch.optim.AdamW([dict(params=fast, weight_decay=0.01), dict(params=slow, weight_decay=0.0)], lr=task.training["rate"], betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(1, (i + 1) / WARM) * 0.5 * (1 + math.cos(math.pi * i / steps)))
    return model, optimizer, schedule


def descend(model, optimizer, schedule, loss):
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def train(name, task, seed, steps):
    """A model that saw fresh samples at every step, and its accuracy by length."""
    model, optimizer, schedule = prepare(name, task, seed, steps)
    generator = torch.Generator().manual_seed(1000 + seed)
    for step in range(steps):
        x, targets = task.batch(task.size(step / steps, generator), task.training["batch"], generator)
        loss = F.cross_entropy(model(x).flatten(0, -2), targets.flatten(), ignore_index=-100)
        descend(model, optimizer, schedule, loss)
        if step % 500 == 499:
            print(f"  {name}, seed {seed}, step {step + 1}: loss {loss.item():.4f}", flush=True)
    generator = torch.Generator().manual_seed(2000 + seed)
    found = {}
    with torch.no_grad():
        for size in task.sizes:
            x, targets = task.batch(size, 256, generator)
            found[size] = (model(x).argmax(-1) == targets)[targets >= 0].float().mean().item()
    return model, found


def regress(name, task, seed, steps):
    """The last model, and the error by number of samples: mean squared, of 4,096 fresh sequences without noise."""
    found = {}
    x_test, y_test = task.draw(4096, torch.Generator().manual_seed(2000 + seed))
    batch = task.training["batch"]
    for size in task.sizes:
        generator = torch.Generator().manual_seed(1000 + seed)
        x, y = task.draw(size, generator)
        y = y + 0.1 * torch.randn(y.shape, generator=generator)
        held = size // 5
        model, optimizer, schedule = prepare(name, task, seed, steps)
        best, kept = math.inf, None
        for step in range(steps):
            chosen = held + torch.randint(size - held, (batch,), generator=generator)
            descend(model, optimizer, schedule, F.mse_loss(model(x[chosen]), y[chosen]))
            if step % 100 == 99 or step == steps - 1:
                error = squared(model, x[:held], y[:held])
                if error < best:
                    best, kept = error, copy.deepcopy(model.state_dict())
        if kept is None:
            raise ArithmeticError(f"{name}, seed {seed}, {size} samples: the error on the held-out fifth was never a number; a lower rate may help")
        model.load_state_dict(kept)
        found[size] = squared(model, x_test, y_test)
        print(f"  {name}, seed {seed}, {size} samples: {found[size]:.4f}", flush=True)
    return model, found


def squared(model, x, y):
    with torch.no_grad():
        return sum(F.mse_loss(model(a), b, reduction="sum").item() for a, b in zip(x.split(512), y.split(512))) / len(x)


def check(args):
    """Writes fresh sequences, outputs in double precision of the first of them, and of all what is asked for and what is chosen.

    Sequences with two greatest outputs so near that single precision may choose the other are left out.
    """
    head, weights = read_model(args.task[1])
    task = TASKS[head["source"]["task"]]
    model = load(build(head["source"]["model"], task, weights["layers.0.linear1.bias"].shape[0]).double(), weights)
    generator = torch.Generator().manual_seed(5)
    if task.name == "regression":
        x, targets = task.draw(64, generator)
    else:
        x, targets = task.batch(sorted(task.sizes)[len(task.sizes) // 2], 40 if task.name == "genome" else 100, generator)
    with torch.no_grad():
        outputs = model(x.double() if x.is_floating_point() else x)
    found = {}
    if task.name != "regression":
        first, second = outputs.topk(2, -1).values.unbind(-1)
        clear = ((first - second > 4e-5 * outputs.abs().max()) | (targets < 0)).view(len(x), -1).all(1)
        x, targets, outputs = x[clear].to(torch.uint8), targets[clear], outputs[clear]
        found = {name: tensor[targets >= 0].view(len(x), -1).to(torch.uint8) for name, tensor in (("asked_test", targets), ("chosen_test", outputs.argmax(-1)))}
    found |= {"x_test": x, "out_test": outputs if args.all or task.model.get("pooled") else outputs[:4]}
    write_safetensors(args.outputs, found, {"model_sha256": head["source"]["sha256"]})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", nargs="+", help=f"one of {', '.join(TASKS)}; or check MODEL")
    parser.add_argument("--steps", type=int, help="other than the task's")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--models", nargs="+", default=[*MODELS], choices=[*MODELS])
    parser.add_argument("--results")
    parser.add_argument("--models-folder")
    parser.add_argument("-o", "--outputs", help="of check: where sequences, outputs and choices are written")
    parser.add_argument("--all", action="store_true", help="of check: outputs of all sequences")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if hasattr(ctypes.CDLL(None), "mallopt"):  # glibc
        for option in (-3, -1, -2):  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, M_TOP_PAD: memory is kept from step to step
            ctypes.CDLL(None).mallopt(option, 2**30)
    if args.task[0] == "check":
        check(args)
        return
    task = TASKS[args.task[0]]
    results = {}
    if args.results and os.path.exists(args.results):
        with open(args.results, encoding="utf-8") as file:
            results = json.load(file)
    steps = args.steps or task.training["steps"]
    for seed in range(args.seeds):
        for name in args.models:
            count = parameters(build(name, task, fitting(name, task)))
            entry = results.setdefault(name, dict(name=MODELS[name][0], parameters=count, steps=steps, runs={}))
            if (entry["parameters"], entry["steps"]) != (count, steps):
                parser.error(f"{args.results} has runs of {name} with {entry['parameters']} parameters and {entry['steps']} steps, not {count} and {steps}: give another file")
            if str(seed) in entry["runs"]:
                continue
            begin = time.time()
            model, found = (regress if task.name == "regression" else train)(name, task, seed, steps)
            entry["runs"][str(seed)] = found
            shown = ", ".join(f"{size}: {value:.4f}" for size, value in found.items())
            print(f"{task.name}, {name}, seed {seed}, {entry['parameters']} parameters, {time.time() - begin:.0f} s: {shown}", flush=True)
            if args.results:
                with open(args.results, "w", encoding="utf-8") as file:
                    json.dump(results, file, indent=1)
            if args.models_folder and not name.startswith("transformer"):
                source = dict(script="selection.py", task=task.name, model=name, steps=steps, seed=seed)
                write_model(os.path.join(args.models_folder, f"{task.name}-{name}-{seed}.ssm.json"), "stack", hyper(model), None, None, task.labels, source, tensors(model))


if __name__ == "__main__":
    main()
