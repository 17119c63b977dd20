using System.Net.WebSockets;
using System.Runtime.InteropServices;
using OperatorGen;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton<IStreamingModel<float>, Model>();
WebApplication app = builder.Build();
app.UseWebSockets();

app.MapGet("/model", (IStreamingModel<float> model) => $"{model.Metadata.InputWidth} in, {model.Metadata.OutputWidth} out");

// Samples come as bytes of floats; each is answered by the outputs so far.
app.Map("/stream", async (HttpContext context, IStreamingModel<float> model) =>
{
    using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
    SequenceState<float> state = model.CreateState();
    byte[] sample = new byte[model.Metadata.InputWidth * sizeof(float)];
    byte[] output = new byte[model.Metadata.OutputWidth * sizeof(float)];
    while ((await socket.ReceiveAsync(sample, context.RequestAborted)).MessageType == WebSocketMessageType.Binary)
    {
        model.Step(MemoryMarshal.Cast<byte, float>(sample), MemoryMarshal.Cast<byte, float>(output.AsSpan()), state);
        await socket.SendAsync(output, WebSocketMessageType.Binary, true, context.RequestAborted);
    }

    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
});

app.Run();

[SequenceModel("s4d.ssm.json")]
internal sealed partial class Model;
