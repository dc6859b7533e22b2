"""Folders where a cluster keeps its data, by the file systems that Spark itself knows."""

from __future__ import annotations

from typing import Any
from uuid import uuid4


class Places:
    """Paths as Spark takes them: hdfs://…, s3a://…, of this machine."""

    def __init__(self, session: Any) -> None:
        self._java, self._settings = session._jvm.org.apache.hadoop.fs, session._jsc.hadoopConfiguration()

    def exists(self, path: str) -> bool:
        return bool(self._system(path).exists(self._path(path)))

    def remove(self, path: str) -> None:
        """The folder and all in it, if there is one."""
        self._system(path).delete(self._path(path), True)

    def move(self, path: str, to: str) -> None:
        """One step on HDFS and on disks: nobody sees half of it."""
        system, parent = self._system(to), self._path(to).getParent()
        if parent is not None:
            system.mkdirs(parent)
        if not system.rename(self._path(path), self._path(to)):
            raise OSError(f"{path} → {to}")

    def mark(self, path: str) -> None:
        """What Spark leaves in a folder that is complete."""
        self._system(path).create(self._path(f"{path}/_SUCCESS")).close()

    def beside(self, path: str) -> str:
        """A new name in the same folder, which no reader of that folder looks into."""
        whole = self._path(path)
        return str(self._java.Path(whole.getParent() or self._path("."), f"_perfdsl-{uuid4().hex}").toString())

    def _path(self, path: str) -> Any:
        return self._java.Path(path)

    def _system(self, path: str) -> Any:
        return self._path(path).getFileSystem(self._settings)
