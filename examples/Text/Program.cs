using System;
using System.Text;
using Text;

Console.OutputEncoding = Encoding.UTF8;
return TextCommand.Run(args, Console.Out, Console.Error);
