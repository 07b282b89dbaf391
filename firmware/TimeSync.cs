using System;
using nanoFramework.Networking;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Sets the wall clock by SNTP. Nothing in the broker reads it: keep alive counts by
    /// Environment.TickCount64, which no step of the clock moves.
    /// </summary>
    internal static class TimeSync
    {
        /// <summary>Starts it unless it runs; a device without it goes on without.</summary>
        public static void Start()
        {
            try
            {
                if (!Sntp.IsStarted)
                {
                    Sntp.Start();
                }
            }
            catch (Exception e)
            {
                Console.WriteLine("no SNTP: " + e.Message);
            }
        }
    }
}
