"""Random distortions of images, so that no epoch sees the same image twice."""

import math

import torch
import torch.nn.functional as F


def distort(images, strength):
    """Random affine map and smooth elastic displacement of square (B, 1, side, side) images, a pixel being side / 28.

        p -> M p + shift + wobble(p),  M = rotation (10 degrees) * shear (0.15) * scale (10 %),
        shift up to 2 pixels, wobble = a 5 x 5 grid of normal displacements (0.7 pixels), bicubic;
        all of it times `strength`.
    """
    B, pixel = len(images), 2 / 28

    def uniform(limit):
        return strength * limit * (2 * torch.rand(B) - 1)

    angle, shear, scale_x, scale_y = uniform(math.radians(10)), uniform(0.15), 1 + uniform(0.1), 1 + uniform(0.1)
    cos, sin = angle.cos(), angle.sin()
    rows = [cos * scale_x, (cos * shear - sin) * scale_y, uniform(2 * pixel),
            sin * scale_x, (sin * shear + cos) * scale_y, uniform(2 * pixel)]
    grid = F.affine_grid(torch.stack(rows, 1).reshape(B, 2, 3), images.shape, align_corners=False)
    coarse = strength * 0.7 * pixel * torch.randn(B, 2, 5, 5)
    wobble = F.interpolate(coarse, images.shape[2:], mode="bicubic", align_corners=True)
    return F.grid_sample(images, grid + wobble.permute(0, 2, 3, 1), align_corners=False)
