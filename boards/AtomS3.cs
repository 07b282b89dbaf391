namespace EdgeBroker.Boards
{
    /// <summary>M5Stack AtomS3: ESP32-S3 without PSRAM; its LED is addressable.</summary>
    public static class AtomS3
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("atoms3", "AtomS3", 64 * 1024);
            return board;
        }
    }
}
