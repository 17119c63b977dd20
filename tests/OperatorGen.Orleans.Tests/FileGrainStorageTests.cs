using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Xunit;

namespace OperatorGen.Streams.Tests;

/// <summary>States in files: what is written is read, others' writes and damage are found, and what a killed process left behind harms nothing.</summary>
public sealed class FileGrainStorageTests : IDisposable
{
    private static readonly GrainId s_grain = GrainId.Create("stream", "m/a");

    private readonly string _folder = Directory.CreateTempSubdirectory("states").FullName;

    private readonly FileGrainStorage _storage;

    public FileGrainStorageTests() => _storage = new(_folder, new StreamStateSerializer());

    public void Dispose()
    {
        _storage.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_folder_belongs_to_a_process_as_long_as_one_of_its_storages_is_used()
    {
        string path = Path.Combine(_folder, "owner.lock");
        using (new FileGrainStorage(_folder, new StreamStateSerializer()))
        {
            Assert.Throws<IOException>(Open);
        }

        Assert.Throws<IOException>(Open);
        _storage.Dispose();
        _storage.Dispose();
        Open();

        void Open()
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        GrainState<StoredStreamState> none = await Read();
        Assert.Equal((false, null, 0), (none.RecordExists, none.ETag, none.State!.Bytes.Length));
        none.State = new StoredStreamState { Bytes = [1, 2, 3] };
        await _storage.WriteStateAsync("stream", s_grain, none);
        GrainState<StoredStreamState> read = await Read();
        Assert.Equal([1, 2, 3], read.State!.Bytes);
        Assert.Equal((true, none.ETag), (read.RecordExists, read.ETag));
        await _storage.ClearStateAsync("stream", s_grain, read);
        Assert.False((await Read()).RecordExists);
        Assert.Equal(["owner.lock"], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_write_after_anothers_write_is_refused()
    {
        GrainState<StoredStreamState> first = await Read(), second = await Read();
        first.State = new StoredStreamState { Bytes = [1] };
        second.State = new StoredStreamState { Bytes = [2] };
        await _storage.WriteStateAsync("stream", s_grain, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("stream", s_grain, second));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("stream", s_grain, second));
        Assert.Equal([1], (await Read()).State!.Bytes);
    }

    [Fact]
    public async Task Damage_is_found_and_nothing_is_written_over_a_file_without_its_tag()
    {
        const int Header = 28;
        GrainState<StoredStreamState> state = await Read(), unread = await Read();
        state.State = new StoredStreamState { Bytes = [.. Enumerable.Range(0, 50).Select(i => (byte)i)] };
        await _storage.WriteStateAsync("stream", s_grain, state);
        string file = Directory.GetFiles(_folder, "*.state", SearchOption.AllDirectories).Single();
        byte[] whole = await File.ReadAllBytesAsync(file);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            await File.WriteAllBytesAsync(file, damaged);
            await Assert.ThrowsAsync<InvalidDataException>(Read);
            await Assert.ThrowsAnyAsync<Exception>(() => _storage.WriteStateAsync("stream", s_grain, unread));
            if (i < Header)
            {
                await Assert.ThrowsAnyAsync<Exception>(() => _storage.WriteStateAsync("stream", s_grain, state));
            }

            await File.WriteAllBytesAsync(file, whole[..i]);
            await Assert.ThrowsAsync<InvalidDataException>(Read);
            await Assert.ThrowsAsync<InvalidDataException>(() => _storage.WriteStateAsync("stream", s_grain, state));
            Assert.Equal(whole[..i], await File.ReadAllBytesAsync(file));
        }

        // Whoever has the tag has the state as well: its next one mends damaged numbers.
        whole[Header + 3] ^= 1;
        await File.WriteAllBytesAsync(file, whole);
        await _storage.WriteStateAsync("stream", s_grain, state);
        Assert.Equal(state.State.Bytes, (await Read()).State!.Bytes);
    }

    [Fact]
    public async Task What_a_killed_process_left_beside_the_file_is_written_over()
    {
        GrainState<StoredStreamState> state = await Read();
        state.State = new StoredStreamState { Bytes = [1] };
        await _storage.WriteStateAsync("stream", s_grain, state);
        string file = Directory.GetFiles(_folder, "*.state", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(file + ".spare", [.. Enumerable.Repeat((byte)9, 500)]);
        Assert.Equal([1], (await Read()).State!.Bytes);
        state.State = new StoredStreamState { Bytes = [2] };
        await _storage.WriteStateAsync("stream", s_grain, state);
        Assert.Equal([2], (await Read()).State!.Bytes);
        await _storage.ClearStateAsync("stream", s_grain, state);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task A_folder_that_somebody_removed_is_made_again()
    {
        GrainState<StoredStreamState> state = await Read();
        state.State = new StoredStreamState { Bytes = [1] };
        await _storage.WriteStateAsync("stream", s_grain, state);
        foreach (string folder in Directory.GetDirectories(_folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        // What was stored is gone: a write over it is refused, and the stream begins anew.
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("stream", s_grain, state));
        state = await Read();
        Assert.False(state.RecordExists);
        state.State = new StoredStreamState { Bytes = [2] };
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => _storage.WriteStateAsync("stream", s_grain, state));
        await _storage.WriteStateAsync("stream", s_grain, state);
        Assert.Equal([2], (await Read()).State!.Bytes);
    }

    /// <summary>Of two activations of a grain one may read while the other writes: files that change their names are never read half-way.</summary>
    [Fact]
    public async Task Whoever_reads_while_another_writes_finds_a_whole_state()
    {
        const int Writes = 300;
        GrainState<StoredStreamState> state = await Read();
        using var end = new CancellationTokenSource();
        Task<int> reader = Task.Run(async () =>
        {
            int read = 0;
            for (int last = 0; !end.IsCancellationRequested; read++)
            {
                byte[] bytes = (await Read()).State!.Bytes;
                int number = bytes.Length == 0 ? 0 : BitConverter.ToInt32(bytes);
                Assert.True(number >= last, $"{number} after {last}");
                last = number;
            }

            return read;
        });
        for (int i = 1; i <= Writes; i++)
        {
            state.State = new StoredStreamState { Bytes = [.. BitConverter.GetBytes(i), .. new byte[20_000]] };
            await _storage.WriteStateAsync("stream", s_grain, state);
        }

        await end.CancelAsync();
        Assert.True(await reader > 10);
    }

    /// <summary>A state whose name may not be on the disk counts as stored only when it is.</summary>
    [Fact]
    public async Task What_could_not_be_flushed_is_flushed_before_it_is_read()
    {
        List<string> flushed = [];
        bool fails = false;
        using var storage = new FileGrainStorage(_folder, new StreamStateSerializer(), folder =>
        {
            if (fails)
            {
                throw new IOException("The disk is away.");
            }

            flushed.Add(folder);
        });
        GrainState<StoredStreamState> state = await Read();
        state.State = new StoredStreamState { Bytes = [1] };
        await storage.WriteStateAsync("stream", s_grain, state);
        string folder = Path.GetDirectoryName(Directory.GetFiles(_folder, "*.state", SearchOption.AllDirectories).Single())!;
        Assert.Equal([Path.GetDirectoryName(folder)!, _folder, folder], flushed);
        state.State = new StoredStreamState { Bytes = [2] };
        fails = true;
        await Assert.ThrowsAsync<IOException>(() => storage.WriteStateAsync("stream", s_grain, state));
        await Assert.ThrowsAsync<IOException>(() => storage.ReadStateAsync("stream", s_grain, state));
        fails = false;
        flushed.Clear();
        await storage.ReadStateAsync("stream", s_grain, state);
        Assert.Equal([2], state.State.Bytes);
        Assert.Equal([folder], flushed);
    }

    private async Task<GrainState<StoredStreamState>> Read()
    {
        var state = new GrainState<StoredStreamState>();
        await _storage.ReadStateAsync("stream", s_grain, state);
        return state;
    }
}
