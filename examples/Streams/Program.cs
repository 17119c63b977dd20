using StreamHost;

return await StreamCommand.Run(args, System.Console.Out, System.Console.Error);
