"""LLVM, by llvmlite: the text of a loop becomes a function of this process."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from perfdsl.batch.columns.native.loop import NAME


class Machine:
    """The function of one loop.  It may be called by several threads, and runs beside others."""

    def __init__(self, text: str, arrays: int) -> None:
        import llvmlite.binding as llvm

        module = llvm.parse_assembly(text)
        module.verify()
        host = _host()
        options = llvm.create_pipeline_tuning_options(speed_level=3)
        llvm.create_pass_builder(host, options).getModulePassManager().run(module, llvm.create_pass_builder(host, options))
        self._engine = llvm.create_mcjit_compiler(module, _host())
        self._engine.finalize_object()
        address = self._engine.get_function_address(NAME)
        self._call: Callable[..., int] = ctypes.CFUNCTYPE(*[ctypes.c_int64] * 3, *[ctypes.c_void_p] * arrays)(address)

    def run(self, begin: int, end: int, addresses: Sequence[int]) -> bool:
        """The units from *begin* to *end* of the arrays at these addresses.  Whether all numbers were as assumed; where not, what stands
        in the sinks is no answer."""
        return not self._call(begin, end, *addresses)


@cache
def _target() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple()


def _host() -> Any:
    """For the processor of this machine."""
    import llvmlite.binding as llvm

    target = _target()
    return target.create_target_machine(cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=3)
