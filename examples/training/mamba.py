"""The Mamba classifier in PyTorch, written from its formulas.

Sequences are kept as (L, B, D) = (time, sequence, channel): a step of the recurrence is then one block of memory, and a linear map is
`F.linear`. As in ssm.py, everything before the pooling is causal, and a model's input u is (B, L, d_input).
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from ssm import mean_over_time


class SelectiveScan(torch.autograd.Function):
    """The recurrence of every channel and its read, for Delta, v (L, B, D), A (N, D) and b, c (L, N, B, 1).

        s_t = exp(Delta_t A) s_{t-1} + b_t v_t,  s_{-1} = 0        y_t = sum_n c_{t,n} s_{t,n}

    Its gradient goes backwards in time. With g = dloss/dy and l_t = dloss/ds_t:

        l_t = c_t g_t + exp(Delta_{t+1} A) l_{t+1}        m_t = l_t exp(Delta_t A) s_{t-1}
        dv  = sum_n b l      db = sum_d v l      dc = sum_d g s      dDelta = sum_n A m      dA = sum_{t,B} Delta m

    A loop over time with one state (N, B, D) at a time, which stays in the cache; only the states and the gates are kept.
    """

    @staticmethod
    def forward(context, delta, v, A, b, c):
        L, N = len(delta), len(A)
        gates, states = (delta.new_empty(L, N, *delta.shape[1:]) for _ in range(2))
        y, before = torch.empty_like(delta), torch.zeros_like(states[0])
        for t in range(L):
            torch.mul(delta[t], A[:, None], out=gates[t]).exp_()
            before = torch.mul(gates[t], before, out=states[t]).addcmul_(b[t], v[t])
            torch.sum(c[t] * before, 0, out=y[t])
        context.save_for_backward(delta, v, A, b, c, gates, states)
        return y

    @staticmethod
    def backward(context, g):
        delta, v, A, b, c, gates, states = context.saved_tensors
        d_delta, dv, db, dc = (torch.empty_like(tensor) for tensor in (delta, v, b, c))
        later, dA = torch.zeros_like(states[0]), torch.zeros_like(states[0])
        for t in reversed(range(len(delta))):
            later.addcmul_(c[t], g[t])
            torch.sum(b[t] * later, 0, out=dv[t])
            torch.sum(v[t] * later, -1, keepdim=True, out=db[t])
            torch.sum(g[t] * states[t], -1, keepdim=True, out=dc[t])
            later.mul_(gates[t])
            if t == 0:  # m_0 = 0, since s_{-1} = 0
                d_delta[t] = 0
                break
            m = later * states[t - 1]
            torch.sum(A[:, None] * m, 0, out=d_delta[t])
            dA.addcmul_(delta[t], m)
        return d_delta, dv, dA.sum(1), db, dc


class RMSNorm(nn.Module):
    """x / sqrt(mean x^2 + eps) w over the channels."""

    def __init__(self, channels, epsilon):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(channels)), epsilon

    def forward(self, x):
        return x * (x.square().mean(-1, keepdim=True) + self.epsilon).rsqrt() * self.weight


class MambaMixer(nn.Module):
    """The selective layer of Mamba (state-spaces/mamba).

        (x, z) = in_proj u        x_t <- silu(sum_{j<W} w_j x_{t-W+1+j} + bias)
        (d, b, c) = x_proj x      Delta = softplus(dt_proj d)      A = -exp(A_log)
        s_t = exp(Delta_t A) s_{t-1} + Delta_t b_t x_t      y_t = sum_n c_{t,n} s_{t,n} + D x_t
        out = out_proj(y silu(z))

    Start as upstream's: A = -1 .. -N, Delta log-uniform in [dt_min, dt_max] where d = 0, D = 1; out_proj is divided by
    the square root of the number of layers, whose outputs are added.
    """

    def __init__(self, d_model, inner, d_state, d_conv, dt_rank, n_layers, dt_min=1e-3, dt_max=1e-1):
        super().__init__()
        self.sizes = [dt_rank, d_state, d_state]
        self.in_proj = nn.Linear(d_model, 2 * inner, bias=False)
        self.conv1d = nn.Conv1d(inner, inner, d_conv, groups=inner)
        self.x_proj = nn.Linear(inner, sum(self.sizes), bias=False)
        self.dt_proj = nn.Linear(dt_rank, inner)
        self.A_log = nn.Parameter(torch.arange(1.0, d_state + 1).log().repeat(inner, 1))
        self.D = nn.Parameter(torch.ones(inner))
        self.out_proj = nn.Linear(inner, d_model, bias=False)
        low, high = math.log(dt_min), math.log(dt_max)
        step = (low + (high - low) * torch.rand(inner)).exp()
        with torch.no_grad():
            self.dt_proj.bias.copy_(step.expm1().log())  # softplus of it is the step
            self.out_proj.weight.div_(math.sqrt(n_layers))

    def convolved(self, x):
        """sum_j w_j x_{t-W+1+j} + bias, every channel by itself."""
        weight = self.conv1d.weight[:, 0].t()
        padded = F.pad(x, (0, 0, 0, 0, len(weight) - 1, 0))
        return sum(w * padded[j : j + len(x)] for j, w in enumerate(weight)) + self.conv1d.bias

    def forward(self, u):
        x, z = self.in_proj(u).chunk(2, -1)
        x = F.silu(self.convolved(x))
        d, b, c = self.x_proj(x).split(self.sizes, -1)
        delta = F.softplus(self.dt_proj(d))
        b, c = (part.transpose(1, 2).contiguous()[..., None] for part in (b, c))
        y = SelectiveScan.apply(delta, delta * x, -self.A_log.exp().t(), b, c) + self.D * x
        return self.out_proj(y * F.silu(z))


class MambaLayer(nn.Module):
    """x <- x + mixer(norm(x))."""

    def __init__(self, norm, mixer):
        super().__init__()
        self.norm, self.mixer = norm, mixer

    def forward(self, x):
        return x + self.mixer(self.norm(x))


class MambaClassifier(nn.Module):
    """Architecture `mamba-classifier`.

        x = encoder u;   per layer  x <- x + mixer(norm(x));   scores = decoder mean_t norm_f(x_t)
    """

    architecture = "mamba-classifier"
    sizes = ("d_input", "d_output")

    def __init__(self, d_input, d_output, d_model, n_layers, d_state, d_conv, expand, dt_rank, norm_epsilon):
        super().__init__()
        self.encoder = nn.Linear(d_input, d_model)
        self.layers = nn.ModuleList(
            MambaLayer(RMSNorm(d_model, norm_epsilon), MambaMixer(d_model, expand * d_model, d_state, d_conv, dt_rank, n_layers))
            for _ in range(n_layers)
        )
        self.norm_f = RMSNorm(d_model, norm_epsilon)
        self.decoder = nn.Linear(d_model, d_output)

    def forward(self, u, lengths=None):
        x = self.encoder(u.transpose(0, 1).contiguous())
        for layer in self.layers:
            x = layer(x)
        return self.decoder(mean_over_time(self.norm_f(x).transpose(0, 2), lengths))
