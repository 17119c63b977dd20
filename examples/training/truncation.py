"""The decoder function of a one-layer classifier as a polynomial: how close it is, and penalties that bring it closer.

A model's scores are  W mean_t g(o_t) + b  with readouts o, one per channel. Its truncation of order P has, in place of g, the
polynomial of degree P per channel that is closest to g in least squares over the readouts of training sequences: what
`operatorgen calibrate` and the expansion `measure` fit. Order 1 leaves single waves, order 2 adds pairs of waves, and so on.
"""

import torch
import torch.nn.functional as F


class Measure:
    """The distribution of a layer's readouts, as far as fits up to an order need it.

        x = (o - centre) / scale        G_jk = sum x^(j+k)        r_j = sum x^j g(o)        j, k = 0 .. order

    per channel, in double. `centre` and `scale` are those of the readouts given first; no fit depends on them, but
    the condition of G does.
    """

    def __init__(self, readouts, order):
        self.order = order
        self.centre = readouts.mean(1, keepdim=True)
        self.scale = readouts.std(1, keepdim=True).clamp(min=1e-6)
        self.gram, self.right = 0, 0
        self.add(readouts)

    def add(self, readouts):
        """Count readouts (H, n) in."""
        rows = self.powers(readouts.double()).transpose(0, 1)  # (H, order + 1, n)
        self.gram = self.gram + torch.bmm(rows, rows.transpose(1, 2))
        self.right = self.right + torch.bmm(rows, F.gelu(readouts.double())[:, :, None])

    def powers(self, readouts):
        """x^k for k = 0 .. order: (order + 1, H, n)."""
        x = self.standard(readouts)
        powers = [torch.ones_like(x)]
        for _ in range(self.order):
            powers.append(powers[-1] * x)
        return torch.stack(powers)

    def standard(self, readouts):
        """x of readouts (H, ...), in their type."""
        shape = (-1,) + (1,) * (readouts.dim() - 1)
        return (readouts - self.centre.view(shape).to(readouts.dtype)) / self.scale.view(shape).to(readouts.dtype)

    def fit(self, order):
        """Coefficients (H, order + 1) of the closest polynomial in x: G c = r."""
        size = order + 1
        return torch.linalg.solve(self.gram[:, :size, :size], self.right[:, :size])[:, :, 0]


def samples(readouts, lengths, stride=1):
    """The readouts (H, B, L) before each sequence's length, every `stride`-th of them: (H, n)."""
    if lengths is None:
        return readouts[:, :, ::stride].flatten(1)
    return readouts[:, torch.arange(readouts.shape[2]) < lengths[:, None]][:, ::stride]


class MeanPowers(torch.autograd.Function):
    """m_k = mean_t x_t^k for k = 1 .. order: x (H, B, L) -> (order, H, B), with the gradient by Horner's rule: no power is kept.

        dloss/dx_t = sum_k k x_t^(k-1) dloss/dm_k / L
    """

    @staticmethod
    def forward(context, x, order):
        context.save_for_backward(x)
        power, means = x, [x.mean(-1)]
        for _ in range(order - 1):
            power = power * x
            means.append(power.mean(-1))
        return torch.stack(means)

    @staticmethod
    def backward(context, gradient):
        x, = context.saved_tensors
        factors = [(k + 1) * row[..., None] / x.shape[2] for k, row in enumerate(gradient)]
        result = factors[-1].expand_as(x)
        for factor in reversed(factors[:-1]):
            result = torch.addcmul(factor, result, x)
        return result, None


def truncated_scores(model, measure, readouts, lengths, orders):
    """The scores of a model's truncations. A polynomial's mean over time needs only those of the powers."""
    x = measure.standard(readouts)
    if lengths is None:
        means = MeanPowers.apply(x, orders[-1])
    else:  # padding becomes 0, which has no part in the sums
        inside = torch.arange(x.shape[2]) < lengths[:, None]
        means = MeanPowers.apply(x * inside, orders[-1]) * (x.shape[2] / lengths)
    scores = []
    for order in orders:
        constant, *rest = measure.fit(order).to(means.dtype).t()
        pooled = constant[:, None] + sum(c[:, None] * mean for c, mean in zip(rest, means))
        scores.append(model.decoder(pooled.t()))
    return scores


def penalised_loss(model, u, lengths, labels, weights):
    """Cross entropy of the model, plus, each times its entry of `weights`:

        square       mean o^2
        cross_2      cross entropy of the truncation of order 2
        diverge_P    KL(exact || truncation of order P), for P = 2 and 4

    The polynomials are fitted to the batch's own readouts, and constants for the gradient.
    """
    readouts = model.readouts(u)
    scores = model.scores(readouts, lengths)
    loss = F.cross_entropy(scores, labels)
    if weights["square"] > 0:
        loss = loss + weights["square"] * samples(readouts, lengths).square().mean()
    if weights["cross_2"] > 0 or weights["diverge_2"] > 0 or weights["diverge_4"] > 0:
        with torch.no_grad():
            measure = Measure(samples(readouts, lengths, 9), 4)
        exact = scores.log_softmax(1)
        second, fourth = truncated_scores(model, measure, readouts, lengths, [2, 4])
        loss = loss + weights["cross_2"] * F.cross_entropy(second, labels)
        for name, truncated in (("diverge_2", second), ("diverge_4", fourth)):
            loss = loss + weights[name] * F.kl_div(truncated.log_softmax(1), exact, reduction="batchmean", log_target=True)
    return loss


def agreement(model, fitted, judged, orders):
    """How many sequences of `judged` get the exact model's class from its truncations, fitted to `fitted`; rms and greatest |o| of `fitted`.

    Both are lists of (u, lengths); the model is in double precision.
    """
    with torch.no_grad():
        measure, total, count, greatest = None, 0.0, 0, 0.0
        for u, lengths in fitted:
            part = samples(model.readouts(u), lengths)
            if measure is None:
                measure = Measure(part, orders[-1])
            else:
                measure.add(part)
            total, count, greatest = total + float(part.square().sum()), count + part.numel(), max(greatest, float(part.abs().max()))
        same = [0] * len(orders)
        for u, lengths in judged:
            readouts = model.readouts(u)
            exact = model.scores(readouts, lengths).argmax(1)
            for i, truncated in enumerate(truncated_scores(model, measure, readouts, lengths, orders)):
                same[i] += int((truncated.argmax(1) == exact).sum())
    return same, (total / count) ** 0.5, greatest
