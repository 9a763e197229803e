ALTER TABLE "agreement_finding" ADD COLUMN "rule" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "signatory_addresses" jsonb;--> statement-breakpoint
ALTER TABLE "agreement_parties" ADD COLUMN "contact_address" text;--> statement-breakpoint
CREATE INDEX "agreement_finding_rule" ON "agreement_finding" USING btree ("rule");--> statement-breakpoint
CREATE INDEX "agreement_transitions_ended" ON "agreement_transitions" USING btree ("at","agreement_id") WHERE "agreement_transitions"."transition" <> 'enter' and "agreement_transitions"."to_state" in ('completed', 'expired', 'terminated', 'superseded');--> statement-breakpoint
CREATE INDEX "agreement_transitions_entered" ON "agreement_transitions" USING btree ("agreement_id") WHERE "agreement_transitions"."transition" = 'enter' and "agreement_transitions"."to_state" in ('completed', 'expired', 'terminated', 'superseded');--> statement-breakpoint
CREATE INDEX "agreements_renewed_ends" ON "agreements" USING btree ("ends") WHERE "agreements"."state" = 'expired' and "agreements"."renewal" = 'automatic' and "agreements"."renewal_limit" is not null;