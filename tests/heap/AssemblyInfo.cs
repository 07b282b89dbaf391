using Microsoft.VisualStudio.TestTools.UnitTesting;

// There is one counted heap, and one device at a time.
[assembly: DoNotParallelize]
