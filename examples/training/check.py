"""Compares the chunked recurrence and the selective scans, and their gradients, with their formulas, step by step, and truncations with plain fits."""

import torch
import torch.nn.functional as F

from mamba import SelectiveScan
from mamba2 import BLOCK, selective_scan
from ssm import S4DClassifier, S4DKernel, ssm
from stack import Modes
from truncation import MeanPowers, Measure, samples, truncated_scores

def compare(what, expected, actual, inputs):
    """Print the greatest difference of the outputs, and of the gradients of a random sum of them."""
    weights = torch.randn_like(actual)
    pairs = zip(*(torch.autograd.grad((output * weights).sum(), inputs) for output in (expected, actual)))
    print(what, float((actual - expected).abs().max()), "gradients", max(float((p - q).abs().max()) for p, q in pairs))

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
kernel, D = S4DKernel(3, 4), torch.randn(3, requires_grad=True)
x = torch.randn(3, 2, 24, requires_grad=True)
dtA, b, C = kernel()
state, steps = torch.zeros(3, 2, 4, dtype=torch.complex128), []
for t in range(24):
    state = dtA.exp()[:, None] * state + b[:, None] * x[:, :, t, None]
    steps.append(2 * (C[:, None] * state).sum(-1).real + D[:, None] * x[:, :, t])
expected = torch.stack(steps, -1)
actual = ssm(x, kernel, D, Q=6)
compare("recurrence", expected, actual, [x, D, *kernel.parameters()])

# The selective scan, gates from nearly 1 to nearly 0.
delta, v, A = 3 * torch.rand(24, 2, 3) ** 3, torch.randn(24, 2, 3), -3 * torch.rand(4, 3)
inputs = [delta, v, A, torch.randn(24, 4, 2, 1), torch.randn(24, 4, 2, 1)]
delta, v, A, b, c = (tensor.requires_grad_() for tensor in inputs)
state, steps = torch.zeros(4, 2, 3), []
for t in range(24):
    state = (delta[t] * A[:, None]).exp() * state + b[t] * v[t]
    steps.append((c[t] * state).sum(0))
compare("selective scan", torch.stack(steps), SelectiveScan.apply(*inputs), inputs)

# The scan of Mamba-2 in blocks, gates from nearly 1 to nearly 0.
inputs = [-3 * torch.rand(2, 3 * BLOCK, 3) ** 3, torch.randn(2, 3 * BLOCK, 3, 5), torch.randn(2, 3 * BLOCK, 4), torch.randn(2, 3 * BLOCK, 4)]
gates, x, b, c = (tensor.requires_grad_() for tensor in inputs)
state, steps = torch.zeros(2, 3, 5, 4), []
for t in range(3 * BLOCK):
    state = gates[:, t].exp()[..., None, None] * state + x[:, t, :, :, None] * b[:, t, None, None]
    steps.append((state * c[:, t, None, None]).sum(-1))
compare("scan in blocks", torch.stack(steps, 1), selective_scan(*inputs), inputs)

# The means of powers have a gradient of their own (gradcheck compares it with differences).
x = torch.randn(2, 3, 5, requires_grad=True)
assert all(torch.autograd.gradcheck(lambda x: MeanPowers.apply(x, order), x) for order in (1, 2, 4))

# The truncation of order 4 against polynomials that are fitted channel by channel with the powers of o themselves.
model = S4DClassifier(1, 3, 8, 2)
readouts = 2 * torch.randn(3, 2, 50) + 1
powers = torch.stack([readouts.flatten(1) ** k for k in range(5)], -1)
fits = torch.linalg.lstsq(powers, F.gelu(readouts.flatten(1))[..., None]).solution
expected = model.decoder((powers @ fits).reshape(3, 2, 50).mean(-1).t())
actual, = truncated_scores(model, Measure(samples(readouts, None), 4), readouts, None, [4])
print("truncation", float((actual - expected).abs().max()))

# The modes of a stack in chunks, for one chunk and for several.
for length in (20, 150):
    modes, x = Modes(5, 7, 6, 100), torch.randn(3, length, 5, requires_grad=True)
    drive, read = torch.view_as_complex(modes.input), torch.view_as_complex(modes.output)
    state, steps = torch.zeros(3, 7, dtype=torch.complex128), []
    for t in range(length):
        state = modes.eigenvalues() * state + x[:, t].to(torch.complex128) @ drive.t()
        steps.append(2 * (state @ read.t()).real + x[:, t] @ modes.skip.t())
    compare("modes of a stack", torch.stack(steps, 1), modes(x), [x, *modes.parameters()])
