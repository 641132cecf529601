"use client";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./button.tsx";
import { TextInput, type TextInputProps } from "./text-input.tsx";

export interface PasswordInputProps extends Omit<TextInputProps, "type" | "icon" | "className"> {
  labels: { show: string; hide: string };
}

/** A password that can be looked at, so that nobody has to type a new one twice. */
export function PasswordInput({ labels, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block w-full">
      <TextInput
        {...rest}
        type={shown ? "text" : "password"}
        className="pr-9"
        spellCheck={false}
        autoCapitalize="none"
      />
      <IconButton
        size="sm"
        label={shown ? labels.hide : labels.show}
        icon={shown ? <EyeOff /> : <Eye />}
        onClick={() => setShown(!shown)}
        className="absolute top-1/2 right-1 size-6! -translate-y-1/2 pointer-coarse:size-8!"
      />
    </span>
  );
}
