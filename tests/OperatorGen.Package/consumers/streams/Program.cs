using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OperatorGen;
using OperatorGen.Streams;

float[] samples = [.. args.Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
var model = new Model();
float[] expected = new float[samples.Length / Model.InputWidth * Model.OutputWidth];
model.Forward(samples, expected);

// Two silos, one after the other: the second one goes on with the state that it finds in the folder.
int half = samples.Length / Model.InputWidth / 2;
float[] outputs = [.. await Push(0, samples.AsMemory(..(half * Model.InputWidth))), .. await Push(half, samples.AsMemory(half * Model.InputWidth))];
Console.WriteLine(outputs.AsSpan().SequenceEqual(expected) ? string.Join(' ', outputs.Select(number => number.ToString(CultureInfo.InvariantCulture))) : "The stream and the model differ.");

async Task<float[]> Push(long first, ReadOnlyMemory<float> batch)
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    // Its clients are in the same process: no port for others.
    builder.UseOrleans(silo => silo
        .UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0)
        .AddModelStreams<float>(models => models.Add("s4d", model))
        .AddFileGrainStorage("states"));
    using IHost host = builder.Build();
    await host.StartAsync();
    float[] rows = await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IStreamGrain<float>>("s4d/one").Push(first, batch);
    await host.StopAsync();
    return rows;
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

[SequenceModel("s4d.ssm.json")]
internal sealed partial class Model;
