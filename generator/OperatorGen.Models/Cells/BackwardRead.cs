namespace OperatorGen.Models;

/// <summary>
/// What is read of modes that also run from the future to the past, with the same a and b-bar:
/// <code>
/// z_t[m] = a_m z_{t+1}[m] + sum_i b-bar_mi v_t[i]          z = 0 after the end of the sequence
/// o_t[h] += gamma Re(sum_m C'_hm z_{t+delay}[m])
/// </code>
/// A readout at t then depends on later samples, so that a sequence is evaluated as a whole.
/// </summary>
/// <param name="C">C', the output weights, in the layout of the forward direction's C.</param>
/// <param name="Delay">How many steps are left out: 0: the current sample is read in both directions (S5); 1: in the forward one only (S4Block).</param>
public sealed record BackwardRead(Tensor C, int Delay);
