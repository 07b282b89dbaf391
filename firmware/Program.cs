namespace EdgeBroker.Firmware
{
    /// <summary>What the board starts.</summary>
    public static class Program
    {
        /// <summary>Runs the broker for ever.</summary>
        public static void Main()
        {
            new DeviceProgram(new Surroundings()).Run();
        }
    }
}
