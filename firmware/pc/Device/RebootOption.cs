namespace nanoFramework.Runtime.Native
{
    /// <summary>How the device is rebooted.</summary>
    internal enum RebootOption
    {
        /// <summary>As by its button.</summary>
        NormalReboot = 0,

        /// <summary>The runtime only.</summary>
        ClrOnly = 2,
    }
}
