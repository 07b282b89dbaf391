namespace EdgeBroker.Boards
{
    /// <summary>M5StickC: no PSRAM; a red LED, inverted.</summary>
    public static class M5StickC
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("m5stickc", "M5StickC", 64 * 1024);
            board.HeapSource = "85,032 bytes told in 2024 (nf-interpreter 2951); less is assumed";
            board.LedPin = 10;
            board.IsLedInverted = true;
            return board;
        }
    }
}
