using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>Real sockets. What the PC has taken counts as acknowledged.</summary>
    public sealed class RealStack : NetStack
    {
        /// <summary>Connections with something that the PC did not take yet.</summary>
        public readonly List<RealConnection> Unsent = new List<RealConnection>();

        /// <summary>The stack of a device.</summary>
        public RealStack(Radio radio)
            : base(radio)
        {
        }

        /// <inheritdoc/>
        public override long NowMs
        {
            get { return Environment.TickCount64; }
        }

        /// <inheritdoc/>
        public override void Wait()
        {
            Thread.Sleep(1);
        }

        /// <inheritdoc/>
        public override void Progress()
        {
            for (int i = Unsent.Count - 1; i >= 0; i--)
            {
                Unsent[i].Send();
            }
        }

        /// <inheritdoc/>
        public override Listener Listen(IPEndPoint at, int backlog)
        {
            var listener = new TcpListener(at);
            try
            {
                listener.Start(backlog);
            }
            catch (SocketException)
            {
                listener.Stop();
                throw;
            }

            TakeMemory(ListenerBytes);
            return new RealListener(this, listener);
        }
    }
}
