using EdgeBroker.Firmware.Pc;

namespace EdgeBroker.Firmware
{
    /// <summary>The device's console: that of the PC, unless somebody else listens.</summary>
    internal static class Console
    {
        /// <summary>Writes a line.</summary>
        public static void WriteLine(string line)
        {
            if (Radio.Current.Log != null)
            {
                Radio.Current.Log(line);
            }
            else
            {
                System.Console.WriteLine(line);
            }
        }
    }
}
