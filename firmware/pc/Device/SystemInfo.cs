using EdgeBroker.Firmware.Pc;

namespace nanoFramework.Runtime.Native
{
    /// <summary>The device's class of this name.</summary>
    internal static class SystemInfo
    {
        /// <summary>What the runtime calls the board.</summary>
        public static string TargetName
        {
            get
            {
                if (Radio.Current.Faults > 0)
                {
                    Radio.Current.Faults--;
                    throw Radio.Current.Fault;
                }

                return Radio.Current.Target;
            }
        }
    }
}
