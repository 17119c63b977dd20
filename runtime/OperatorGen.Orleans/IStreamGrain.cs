using System;
using System.Numerics;
using System.Threading.Tasks;
using Orleans;

namespace OperatorGen.Streams;

/// <summary>
/// One stream of samples through a model. Its key is MODEL/STREAM: the name of a registered model (<see cref="StreamModels{T}"/>), a slash, and the stream's own name.
/// </summary>
/// <typeparam name="T">float or double: the numbers that the model computes with.</typeparam>
/// <remarks>
/// <para><b>Acknowledged means durable.</b> What <see cref="Push"/> returns has been computed from a state that is stored. A caller that gets an error, or no answer, sends the same samples with
/// the same numbers again: those that were acknowledged are answered as they were and advance nothing.</para>
/// <para>So the outputs of a stream, in the order of its samples, are what the model's <c>Step</c> gives for all samples from the first on, to the bit on processors with the same vector width, whatever failed in between: the rows of
/// <c>Forward</c> over the whole input of a model that gives a row per time step, and of a pooled model the row of all samples seen so far.</para>
/// </remarks>
[Alias("OperatorGen.Streams.IStreamGrain`1")]
public interface IStreamGrain<T> : IGrainWithStringKey
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Takes a batch of samples.</summary>
    /// <param name="first">The number of the first one; samples are numbered from 0.</param>
    /// <param name="samples">[sample, InputWidth], row-major.</param>
    /// <param name="epoch">Which stream of this name they belong to, by <see cref="Epoch"/>; null: whichever it is.</param>
    /// <returns>The outputs of these samples, [sample, OutputWidth], row-major.</returns>
    /// <exception cref="StreamGapException">Samples are missing before the first.</exception>
    /// <exception cref="StreamEpochException">They belong to a stream before a reset.</exception>
    /// <exception cref="StreamStoreException">The state could not be stored: nothing is acknowledged.</exception>
    /// <exception cref="StreamBusyException">Too many requests wait for this stream or this silo. Every method may throw this.</exception>
    /// <exception cref="StreamVersionException">The stream's state belongs to a version of the model that is not registered.</exception>
    /// <exception cref="StreamException">The batch is refused: it is too large or no whole number of samples, has numbers that are not finite, was acknowledged with other numbers or too long
    /// ago; the model fails; the key names no stream; the model is unknown; or the stored state is damaged.</exception>
    [Alias("Push")]
    Task<T[]> Push(long first, ReadOnlyMemory<T> samples, long? epoch = null);

    /// <summary>The last samples with their outputs, as far as they are kept (<see cref="StreamOptions.KeptSamples"/>). Only what is stored is shown.</summary>
    /// <param name="first">The number of the first sample that is wanted. Samples that are no longer kept are left out, and those that were not sent yet give no rows. Below 0 it counts from the end: -1 is the
    /// last sample.</param>
    /// <exception cref="StreamException">The stream cannot be read, as with <see cref="Push"/>.</exception>
    [Alias("Read")]
    Task<StreamRows<T>> Read(long first);

    /// <summary>How many samples are stored: the number of the next one. After a failure that may be more than the caller has got outputs for: <see cref="Read"/> has them.</summary>
    /// <exception cref="StreamException">The stream cannot be read, as with <see cref="Push"/>.</exception>
    [Alias("Position")]
    Task<long> Position();

    /// <summary>Which stream of this name it is: 0 until the first <see cref="Reset"/>, a greater number after each. A caller that gives it to <see cref="Push"/> cannot write into the stream after a reset.</summary>
    /// <exception cref="StreamException">The stream cannot be read, as with <see cref="Push"/>.</exception>
    [Alias("Epoch")]
    Task<long> Epoch();

    /// <summary>The hash of the model that the stream has.</summary>
    /// <exception cref="StreamException">The stream cannot be read, as with <see cref="Push"/>.</exception>
    [Alias("ModelHash")]
    Task<string> ModelHash();

    /// <summary>The model's state as bytes: what <c>SequenceState.Save</c> gives.</summary>
    /// <exception cref="StreamException">The stream cannot be read, as with <see cref="Push"/>.</exception>
    [Alias("Snapshot")]
    Task<byte[]> Snapshot();

    /// <summary>Begins the stream anew, at sample 0, with the current version of its model.</summary>
    /// <remarks>A <see cref="Push"/> without an epoch that arrives afterwards belongs to the new stream.</remarks>
    /// <returns>The epoch of the new stream.</returns>
    /// <exception cref="StreamStoreException">The store failed. It may have written all the same: ask for <see cref="Position"/> and repeat the call.</exception>
    [Alias("Reset")]
    Task<long> Reset();

    /// <summary>Takes the stream to the current version of its model: all samples that it has seen go through the new one. Nothing else ever changes the version of a stream that has begun, but <see cref="Reset"/>.</summary>
    /// <param name="samples">All samples from 0 on, [sample, InputWidth]; as many as the stream has seen.</param>
    /// <remarks>They go in one call: a stream can be migrated only if all its samples fit into one message, and go through the model within the time that a call may take (30 s unless told). Numbers that are not finite are let through. Repeated batches get the outputs of the new version afterwards.</remarks>
    /// <exception cref="StreamStoreException">The store failed. It may have written all the same: ask for <see cref="ModelHash"/> and repeat the call.</exception>
    /// <exception cref="StreamException">There are more or fewer samples than the stream has seen; or, as far as it keeps them, they have other numbers.</exception>
    [Alias("Migrate")]
    Task Migrate(ReadOnlyMemory<T> samples);
}
