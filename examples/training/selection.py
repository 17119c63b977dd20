"""Token selection, trained: SSM + FNN of several depths, SSM + FNN twice, and Transformers on the same tasks (docs/theory.md has the results).

    python3 selection.py copying --seeds 3 --results copying.json --model ../TokenSelection/models/trained-copy.ssm.json
    python3 selection.py recall --seeds 3 --results recall.json --model ../TokenSelection/models/trained-recall.ssm.json
    python3 selection.py check --model ../TokenSelection/models/trained-copy.ssm.json --outputs trained-copy.safetensors

copying:  <start> w_1 .. w_L <stop> and L blanks, under which the string is to be written; 16 words, L uniform in 8 .. 32.
recall:   k_1 v_1 .. k_n v_n q, the value of q's key under q; 16 keys and 16 values, n uniform in 4 .. 16.
Training: cross entropy of what is asked for, AdamW, learning rate = warm-up, then half a cosine down to 0, fresh random sequences at every step. All models of a task have the
          same number of parameters within 10 %, the same steps and the same batches.
Result:   accuracy for each length on fresh sequences; the model of SSM + FNN twice of the first seed as a model file.
check:    what a model file computes in double precision for a few sequences, to which the generated code is held.
"""

import argparse
import json
import math
import time

import torch
import torch.nn.functional as F

from formats import read_model, write_model, write_safetensors
from stack import AttentionLayer, Model, StackLayer, hyper, load, tensors

WORDS, BATCH, WARM, RATE = 16, 64, 100, 3e-3
WIDTH, MODES = 48, 48

TASKS = {
    "copying": dict(sizes=(8, 32), tokens=WORDS + 3, labels=[f"w{i}" for i in range(WORDS)] + ["start", "stop", "blank"]),
    "recall": dict(sizes=(4, 16), tokens=2 * WORDS, labels=[f"k{i}" for i in range(WORDS)] + [f"v{i}" for i in range(WORDS)]),
}

# By name: the layers for a number of units; the units are chosen so that all models have as many parameters as the first.
MODELS = {
    "SSM + FNN + SSM + FNN": lambda units: [StackLayer(WIDTH, MODES, units), StackLayer(WIDTH, MODES, units)],
    "SSM + FNN": lambda units: [StackLayer(WIDTH, MODES, units)],
    "SSM + FNN of depth 2": lambda units: [StackLayer(WIDTH, MODES, units), StackLayer(WIDTH, 0, units)],
    "SSM + FNN of depth 3": lambda units: [StackLayer(WIDTH, MODES, units), StackLayer(WIDTH, 0, units), StackLayer(WIDTH, 0, units)],
    "Transformer, one layer": lambda units: [AttentionLayer(WIDTH, 4, units)],
    "Transformer, two layers": lambda units: [AttentionLayer(WIDTH, 4, units), AttentionLayer(WIDTH, 4, units)],
}
UNITS = 96


def sequences(task, size, count, generator):
    """(tokens, targets) of one length; a target is -100 where nothing is asked for."""
    words = lambda *shape: torch.randint(WORDS, shape, generator=generator)
    if task == "copying":
        string, start = words(count, size), torch.full((count, 1), WORDS)
        blanks = torch.full((count, size), WORDS + 2)
        tokens = torch.cat([start, string, start + 1, blanks], 1)
        targets = torch.full_like(tokens, -100)
        targets[:, -size:] = string
        return tokens, targets
    keys = torch.rand(count, WORDS, generator=generator).argsort(1)[:, :size]
    values = WORDS + words(count, size)
    asked = torch.randint(size, (count, 1), generator=generator)
    tokens = torch.cat([torch.stack([keys, values], 2).flatten(1), keys.gather(1, asked)], 1)
    targets = torch.full_like(tokens, -100)
    targets[:, -1] = values.gather(1, asked)[:, 0]
    return tokens, targets


def parameters(model):
    return sum(p.numel() for p in model.parameters())


def build(name, task, units):
    longest = 2 * TASKS[task]["sizes"][1] + 2
    return Model(MODELS[name](units), WIDTH, TASKS[task]["tokens"], tokens=TASKS[task]["tokens"], positions=longest if name.startswith("Transformer") else None)


def fitting(name, task):
    """The units with which a model has as many parameters as the first model."""
    wanted = parameters(build(next(iter(MODELS)), task, UNITS))
    return min(range(8, 2000, 8), key=lambda units: abs(parameters(build(name, task, units)) - wanted))


def accuracy(model, task, seed, count=256):
    """Accuracy by length."""
    generator = torch.Generator().manual_seed(seed)
    low, high = TASKS[task]["sizes"]
    found = {}
    with torch.no_grad():
        for size in range(low, high + 1, (high - low) // 6):
            tokens, targets = sequences(task, size, count, generator)
            right = model(tokens).argmax(-1) == targets
            found[size] = right[targets >= 0].float().mean().item()
    return found


def train(name, task, seed, steps, units):
    torch.manual_seed(seed)
    model = build(name, task, units)
    generator = torch.Generator().manual_seed(1000 + seed)
    slow = [p for n, p in model.named_parameters() if n.endswith((".nu", ".theta"))]
    fast = [p for n, p in model.named_parameters() if not n.endswith((".nu", ".theta"))]
    optimizer = torch.optim.AdamW([dict(params=fast, weight_decay=0.01), dict(params=slow, weight_decay=0.0)], lr=RATE, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min(1, (i + 1) / WARM) * 0.5 * (1 + math.cos(math.pi * i / steps)))
    low, high = TASKS[task]["sizes"]
    for step in range(steps):
        size = int(torch.randint(low, high + 1, (1,), generator=generator))
        tokens, targets = sequences(task, size, BATCH, generator)
        loss = F.cross_entropy(model(tokens).flatten(0, 1), targets.flatten(), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 500 == 499:
            print(f"  {name}, seed {seed}, step {step + 1}: loss {loss.item():.4f}", flush=True)
    return model


def check(args):
    """Writes tokens and logits of a model file."""
    head, weights = read_model(args.model)
    task = head["source"]["task"]
    model = load(build(next(iter(MODELS)), task, weights["layers.0.linear1.bias"].shape[0]).double(), weights)
    tokens, _ = sequences(task, TASKS[task]["sizes"][1] // 2, 8, torch.Generator().manual_seed(5))
    with torch.no_grad():
        write_safetensors(args.outputs, {"x_test": tokens.to(torch.int32), "out_test": model(tokens)}, {"model_sha256": head["source"]["sha256"]})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=[*TASKS, "check"])
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--models", help="only models whose name contains this")
    parser.add_argument("--results")
    parser.add_argument("--model", help="where the first seed's SSM + FNN + SSM + FNN is written; of check, the model")
    parser.add_argument("--outputs", help="of check: where tokens and logits are written")
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.task == "check":
        check(args)
        return
    results = {}
    for name in MODELS:
        if args.models and args.models not in name:
            continue
        units = fitting(name, args.task)
        for seed in range(args.seeds):
            begin = time.time()
            model = train(name, args.task, seed, args.steps, units)
            found = accuracy(model, args.task, 77 + seed)
            results.setdefault(name, dict(parameters=parameters(model), accuracy=[]))["accuracy"].append(found)
            print(f"{name}, seed {seed}, {parameters(model)} parameters, {time.time() - begin:.0f} s: " + ", ".join(f"{size}: {100 * share:.1f} %" for size, share in found.items()), flush=True)
            if args.results:
                with open(args.results, "w", encoding="utf-8") as file:
                    json.dump(results, file, indent=1)
            if args.model and seed == 0 and name == next(iter(MODELS)):
                write_model(args.model, "stack", hyper(model), None, None, TASKS[args.task]["labels"], dict(script="selection.py", task=args.task, steps=args.steps, seed=seed), tensors(model))


if __name__ == "__main__":
    main()
