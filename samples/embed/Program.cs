using System;
using System.Net.Sockets;

namespace EdgeBroker.Samples
{
    /// <summary>Runs the host for .NET; the one for nanoFramework with the word "nano".</summary>
    public static class Program
    {
        /// <summary>Serves on port 1883, or on the port that is given last.</summary>
        public static void Main(string[] args)
        {
            int port = 1883;
            if (args.Length > 0 && int.TryParse(args[args.Length - 1], out int given))
            {
                port = given;
            }

            Console.WriteLine("a broker on port " + port + "; Ctrl+C ends it");
            try
            {
                if (args.Length > 0 && args[0] == "nano")
                {
                    NanoHost.Serve(port);
                }
                else
                {
                    DotNetHost.Serve(port);
                }
            }
            catch (SocketException e)
            {
                Console.Error.WriteLine("cannot serve on port " + port + ": " + e.Message
                    + ". End the broker that is there, or give another port: "
                    + "dotnet run --project samples/embed -- 1884");
                Environment.ExitCode = 1;
            }
        }
    }
}
