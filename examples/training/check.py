"""Compares the chunked recurrence and its gradient with the formula of section "ssm", step by step."""

import torch

from ssm import S4DKernel, ssm

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
