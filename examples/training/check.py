"""Compares the chunked recurrence and its gradient with the formula of section "ssm", step by step, and truncations with plain fits."""

import torch
import torch.nn.functional as F

from ssm import S4DClassifier, S4DKernel, ssm
from truncation import MeanPowers, Measure, samples, truncated_scores

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
weights = torch.randn_like(actual)
inputs = [x, D, *kernel.parameters()]
pairs = zip(torch.autograd.grad((expected * weights).sum(), inputs), torch.autograd.grad((actual * weights).sum(), inputs))
print("output", float((actual - expected).abs().max()), "gradients", max(float((p - q).abs().max()) for p, q in pairs))

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
