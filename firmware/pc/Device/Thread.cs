using System;
using EdgeBroker.Firmware.Pc;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The threads of the firmware. In virtual time a thread is an event: its body runs in one
    /// piece, when the attempt that it is for is over.
    /// </summary>
    internal sealed class Thread
    {
        private readonly Action _body;

        /// <summary>A thread that has not begun.</summary>
        public Thread(Action body)
        {
            _body = body;
        }

        /// <summary>Waits; only in real time.</summary>
        public static void Sleep(int ms)
        {
            System.Threading.Thread.Sleep(ms);
        }

        /// <summary>Begins.</summary>
        public void Start()
        {
            Radio radio = Radio.Current;
            if (radio.After != null)
            {
                radio.After(radio.ConnectMs, _body);
            }
            else
            {
                new System.Threading.Thread(() => _body()).Start();
            }
        }
    }
}
