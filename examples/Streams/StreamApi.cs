using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OperatorGen.Streams;
using Orleans;

namespace StreamHost;

/// <summary>What the server answers: docs/streams.md has the list.</summary>
internal static class StreamApi
{
    private const string Json = "application/json", Bytes = "application/octet-stream";

    // Nothing of a request is ignored silently.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false };

    private const int GreatestEvents = 64; // readers of events of a tenant at a time
    private const int GreatestName = 100;

    private static readonly object s_tenant = new(); // the key of the tenant's name in a request

    private static readonly ConcurrentDictionary<string, int> s_events = new(); // readers by tenant

    /// <summary>Adds the page.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        Map("/", "index.html", "text/html; charset=utf-8");
        Map("/page.js", "page.js", "text/javascript; charset=utf-8");
        Map("/page.css", "page.css", "text/css; charset=utf-8");
        routes.MapGet("/favicon.ico", () => Results.NoContent());

        void Map(string path, string file, string type)
        {
            using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            byte[] content = bytes.ToArray();
            routes.MapGet(path, () => Results.Bytes(content, type));
        }
    }

    /// <summary>Adds what is asked of streams.</summary>
    public static void MapStreams(this IEndpointRouteBuilder routes, Tenants tenants)
    {
        routes.MapGet("/models", () => ServedModels.All.Select(served => new ModelMessage(served.Name, served.Model.Metadata.ModelHash, served.Model.Metadata.InputWidth, served.Model.Metadata.Labels, served.Operator.Layers[0].Channels)));

        // The filter belongs to the routes, so that no spelling of a path goes around it.
        RouteGroupBuilder streams = routes.MapGroup("/streams").AddEndpointFilter((context, next) =>
        {
            if (tenants.Of(context.HttpContext.Request) is not { } tenant)
            {
                context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
                return ValueTask.FromResult<object?>(Problems.With(StatusCodes.Status401Unauthorized, "A key is needed: send the header Authorization: Bearer KEY, with a key of the server's file."));
            }

            context.HttpContext.Items[s_tenant] = tenant;
            return next(context);
        });
        streams.MapGet("", (HttpContext context, StreamList list, string? model) => list.Of(ServedModels.Find(model).Name, TenantOf(context)));
        streams.MapGet("/{id}", async (HttpContext context, IGrainFactory grains, string id, string? model, long? from) =>
            RowsMessage.Of(await Stream(context, grains, id, model).Read(from ?? 0)));
        streams.MapPost("/{id}/samples", Push);
        streams.MapPost("/{id}/reset", async (HttpContext context, IGrainFactory grains, string id, string? model) => new { epoch = await Stream(context, grains, id, model).Reset() });
        streams.MapGet("/{id}/events", Events);
    }

    private static async Task<IResult> Push(HttpContext context, IGrainFactory grains, string id, string? model, long? first, long? epoch)
    {
        string type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";
        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            throw new BadHttpRequestException("The request is compressed (Content-Encoding), which this server does not read.", StatusCodes.Status415UnsupportedMediaType);
        }

        SampleBatch batch = type switch
        {
            Json when first is not null || epoch is not null => throw new StreamException("Of a request in JSON, first and epoch are in the object, not in the address."),
            Json => await JsonBatch(context.Request),
            Bytes => new SampleBatch(first, Numbers(await Body(context.Request)), epoch),
            _ => throw new BadHttpRequestException($"The content type is \"{type}\"; {Json} ({{\"first\": 0, \"samples\": [0, 255]}}) or {Bytes} (floats, little endian, with ?first=0) is expected.", StatusCodes.Status415UnsupportedMediaType),
        };
        if (batch.First is not { } number || batch.Samples is null)
        {
            throw new StreamException($"The request has no {(batch.Samples is null ? "samples" : "number of the first sample (first)")}.");
        }

        IStreamGrain<float> stream = Stream(context, grains, id, model);
        float[] outputs = await stream.Push(number, batch.Samples, batch.Epoch);
        return type == Json
            ? Results.Json(new AcknowledgedBatch(number, number + (batch.Samples.Length / ServedModels.Find(model).Model.Metadata.InputWidth), outputs))
            : Results.Bytes(MemoryMarshal.AsBytes(outputs.AsSpan()).ToArray(), Bytes);
    }

    private static EventsResult Events(HttpContext context, IGrainFactory grains, string id, string? model, long? epoch, long? from, int? ring)
    {
        ServedModel served = ServedModels.Find(model);
        Func<LiveRing>? rings = ring is { } channel ? () => new LiveRing(served.Operator, channel) : null;
        try
        {
            _ = rings?.Invoke(); // what cannot be shown is refused before the answer begins
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new StreamException($"ring={ring} cannot be shown: {(fault is ArgumentException ? $"channels are numbered from 0 to {served.Operator.Layers[0].Channels - 1}." : fault.Message)}", fault);
        }

        FeedPlace place = FeedPlace.Of(context.Request.Headers["Last-Event-ID"].ToString()) ?? new FeedPlace(epoch, from ?? 0);
        return place.Next >= 0
            ? new EventsResult(Stream(context, grains, id, model), place, rings)
            : throw new StreamException($"Events from sample {place.Next.ToString(CultureInfo.InvariantCulture)} on were asked for; samples are numbered from 0.");
    }

    private sealed class EventsResult(IStreamGrain<float> stream, FeedPlace place, Func<LiveRing>? rings) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            string tenant = TenantOf(context);
            try
            {
                if (s_events.AddOrUpdate(tenant, 1, (_, readers) => readers + 1) > GreatestEvents)
                {
                    throw new StreamBusyException($"{GreatestEvents} readers follow streams, as many as this server takes of a tenant.");
                }

                // When the server stops, events end: it would wait for them otherwise.
                var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
                using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
                await TypedResults.ServerSentEvents(StreamFeed.Events(stream, place, rings, end.Token)).ExecuteAsync(context);
            }
            finally
            {
                s_events.AddOrUpdate(tenant, 0, (_, readers) => readers - 1);
            }
        }
    }

    // Names are checked before there is a grain of that name.
    private static IStreamGrain<float> Stream(HttpContext context, IGrainFactory grains, string id, string? model)
    {
        if (id.Length > GreatestName || id.Any(char.IsControl) || id.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            throw new StreamException($"A stream's name has at most {GreatestName} characters, and no slash and no control character; this one has {id.Length} characters.");
        }

        return grains.Stream(ServedModels.Find(model).Name, TenantOf(context), id);
    }

    private static string TenantOf(HttpContext context) => (string?)context.Items[s_tenant] ?? throw new InvalidOperationException("A route of streams has no tenant.");

    private static async Task<SampleBatch> JsonBatch(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<SampleBatch>(request.Body, s_json, request.HttpContext.RequestAborted) ?? throw new StreamException("The request is null; an object with first and samples is expected.");
        }
        catch (JsonException fault)
        {
            throw new StreamException($"The request cannot be read: {fault.Message} An object like {{\"first\": 0, \"samples\": [0, 255]}} is expected.", fault);
        }
    }

    private static async Task<byte[]> Body(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return bytes.ToArray();
    }

    private static float[] Numbers(byte[] bytes) =>
        bytes.Length % sizeof(float) == 0
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : throw new StreamException($"The request has {bytes.Length} bytes, which are no whole number of floats of {sizeof(float)}.");
}
